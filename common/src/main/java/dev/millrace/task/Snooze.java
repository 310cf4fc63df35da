package dev.millrace.task;

import java.time.Duration;

/**
 * There is nothing to do yet: the job runs again after the delay, as the same attempt. Not a failure, so it may be
 * thrown any number of times; a job that snoozes forever ends by its expiry or a cancel only.
 */
public final class Snooze extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Duration delay;

    /**
     * @param delay from the end of this run by Redis's clock, 1 ms to 30 days
     * @throws IllegalArgumentException if the delay is out of bounds
     */
    public Snooze(Duration delay) {
        super("The task asked to be run again in " + delay + ".");
        this.delay = Delays.checked(delay, SHORTEST);
    }

    public Duration delay() {
        return delay;
    }
}
