package dev.millrace.worker.tasks.http;

import dev.millrace.task.PermanentFailure;

/** The server answered with a status that is not accepted and will stay: trying again does not help. */
public final class StatusRefused extends PermanentFailure {

    private static final long serialVersionUID = 1L;

    private final int status;

    StatusRefused(String message, int status) {
        super(message);
        this.status = status;
    }

    /** Any but those of {@link StatusFailed}. */
    public int status() {
        return status;
    }
}
