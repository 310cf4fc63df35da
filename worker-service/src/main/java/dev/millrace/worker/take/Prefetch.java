package dev.millrace.worker.take;

import dev.millrace.time.Time;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How many jobs of one queue may wait here for a slot: as many as is set, or else as many as their pace asks for. If all that
 * waited have a slot in less than 10 ms after a take that left more in the queue, twice as many may wait from then on, at most
 * 250; if one has waited for 100 ms, half as many, at least one. A take changes it once at most. For one thread at a time.
 */
final class Prefetch {

    /** What it begins with, and what is added of jobs that others left behind, unless it is set. */
    static final int FIRST = 4;

    private static final int MOST = 250;
    private static final Duration SOON = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMillis(100);

    private final OptionalInt set;
    private final Time time;
    private int most;
    private long takenReading;
    private boolean leftMore;
    private boolean changed = true;

    /** @param set what it is, always; empty to let it follow the jobs */
    Prefetch(OptionalInt set, Time time) {
        this.set = set;
        this.time = time;
        this.most = set.orElse(FIRST);
    }

    int most() {
        return most;
    }

    /** How many jobs may wait here besides that others left behind. */
    int mostAbandoned() {
        return Math.max(1, set.orElse(FIRST));
    }

    /** Jobs were taken; whether as many as there was room for, so that there may be more. */
    void taken(boolean mayHaveLeftMore) {
        takenReading = time.reading();
        leftMore = mayHaveLeftMore;
        changed = set.isPresent();
    }

    /** A job that was taken at this reading has a slot now, and so many wait on. */
    void started(long itsReading, int waiting) {
        if (changed) {
            return;
        }
        if (time.passed(LONG, itsReading)) {
            change(most / 2);
        } else if (waiting == 0 && leftMore && !time.passed(SOON, takenReading)) {
            change(most * 2);
        }
    }

    private void change(int wished) {
        most = Math.clamp(wished, 1, MOST);
        changed = true;
    }
}
