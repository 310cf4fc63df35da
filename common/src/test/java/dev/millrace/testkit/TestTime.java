package dev.millrace.testkit;

import dev.millrace.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it or somebody pauses; a pause moves it and returns at once. */
public final class TestTime {

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicLong nanos = new AtomicLong(1);
    private final Time time = new Time(clock, nanos::get, this::advance);

    public Time time() {
        return time;
    }

    /** Moves clock and stopwatch forward. */
    public void advance(Duration by) {
        clock.advance(by);
        nanos.addAndGet(by.toNanos());
    }
}
