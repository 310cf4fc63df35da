package dev.millrace.worker.tasks.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server answered that it cannot do it now: trying again may help. */
public final class StatusFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;

    StatusFailed(String message, int status, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter.orElse(null);
    }

    /** 408, 425, 429, or 500 and above. */
    public int status() {
        return status;
    }

    /** How long the server asks to be left alone, zero or more, from the moment of its answer; empty if it did not. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
