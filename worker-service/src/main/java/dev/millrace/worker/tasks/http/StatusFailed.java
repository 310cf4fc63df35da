package dev.millrace.worker.tasks.http;

import dev.millrace.retry.Backoff;
import dev.millrace.task.RetryLater;
import java.time.Duration;
import java.util.Optional;

/** The server answered that it cannot do it now: trying again may help. */
public final class StatusFailed extends RetryLater {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A server that asks for more than a month gets a month.
     *
     * @param retryAfter how long it asks to be left alone, from the moment of its answer
     */
    StatusFailed(String message, int status, Optional<Duration> retryAfter) {
        super(message, retryAfter.map(StatusFailed::atMostAMonth).orElse(null), null);
        this.status = status;
    }

    /** 408, 425, 429, or 500 and above. */
    public int status() {
        return status;
    }

    private static Duration atMostAMonth(Duration asked) {
        return asked.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : asked;
    }
}
