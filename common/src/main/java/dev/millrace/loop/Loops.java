package dev.millrace.loop;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** All loops and duties of a service, which health and meters watch. May be used by many threads. */
public final class Loops {

    /** A turn that lasts longer, or begins later than it should by more, is stuck, unless the loop says otherwise. */
    public static final Duration LONGEST_TURN = Duration.ofSeconds(30);

    private final MeterRegistry meters;
    private final LongSupplier nanos;
    private final Duration pauseAfterFailure;
    private final Waits waits = new Waits();
    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    /** A loop or a duty, and how long one of its turns may take. */
    public record Watched(Turning role, Duration longestTurn) {

        public boolean stuck() {
            return role.overdue().compareTo(longestTurn) > 0;
        }
    }

    /**
     * Has none at first.
     *
     * @param nanos a monotonic reading, by which loops measure how late they are
     */
    public Loops(MeterRegistry meters, LongSupplier nanos, Duration pauseAfterFailure) {
        this.meters = meters;
        this.nanos = nanos;
        this.pauseAfterFailure = pauseAfterFailure;
    }

    /** Starts a loop whose turns take less than {@link #LONGEST_TURN}. */
    public Loop start(String name, Loop.Step step) {
        return start(name, step, LONGEST_TURN);
    }

    public Loop start(String name, Loop.Step step, Duration longestTurn) {
        Loop loop = Loop.start(name, step, pauseAfterFailure, nanos, waits);
        watched.add(new Watched(loop, longestTurn));
        measure(loop);
        return loop;
    }

    /** What tells of the failures of one of them. */
    FailureLog log(String name) {
        return new FailureLog(name, waits);
    }

    /** Watches a duty from now on. */
    void watch(Duty duty) {
        watched.add(new Watched(duty, LONGEST_TURN));
        measure(duty);
    }

    /** In the order in which they were started. */
    public List<Watched> watched() {
        return List.copyOf(watched);
    }

    /** Ends all, the latest first; each is given so long, and as long again once interrupted. */
    public void stop(Duration patience) {
        watched.reversed().forEach(one -> one.role().stop(patience));
    }

    private void measure(Turning role) {
        TimeGauge.builder(
                        "millrace_loop_overdue",
                        role,
                        TimeUnit.MILLISECONDS,
                        one -> one.overdue().toMillis())
                .tag("loop", role.name())
                .description("How long the present turn lasts, or how late the next one is")
                .register(meters);
        FunctionCounter.builder("millrace_loop_failures", role, Turning::failures)
                .tag("loop", role.name())
                .description("Turns that ended badly")
                .register(meters);
    }
}
