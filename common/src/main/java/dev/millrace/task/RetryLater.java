package dev.millrace.task;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run failed, and the job is to be tried again after a delay of the task's choice, or of its back-off where it
 * chooses none. It counts as an attempt: after the last one the job ends FAILED with this as its error. Goes before
 * {@link Task#retryOn} and {@link Task#failOn}.
 */
public class RetryLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration delay;

    /**
     * @param delay from the end of this run by Redis's clock, zero to 30 days
     * @throws IllegalArgumentException if the delay is out of bounds
     */
    public RetryLater(Duration delay) {
        this("The task asked to be tried again in " + delay + ".", delay, null);
    }

    /**
     * @param delay zero to 30 days; null for what the job's back-off says
     * @throws IllegalArgumentException if the delay is out of bounds
     */
    public RetryLater(String message, @Nullable Duration delay, @Nullable Throwable cause) {
        super(message, cause);
        this.delay = delay == null ? null : Delays.checked(delay, Duration.ZERO);
    }

    /** Empty for what the job's back-off says. */
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
