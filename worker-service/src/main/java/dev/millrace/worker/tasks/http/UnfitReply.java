package dev.millrace.worker.tasks.http;

/** The exchange succeeded, but its answer does not fit into a result: trying again does not help. */
public final class UnfitReply extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitReply(String message) {
        super(message);
    }
}
