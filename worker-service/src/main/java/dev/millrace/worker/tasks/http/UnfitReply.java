package dev.millrace.worker.tasks.http;

import dev.millrace.task.PermanentFailure;

/** The exchange succeeded, but its answer does not fit into a result: trying again does not help. */
public final class UnfitReply extends PermanentFailure {

    private static final long serialVersionUID = 1L;

    UnfitReply(String message) {
        super(message);
    }
}
