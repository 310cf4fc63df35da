package dev.millrace.worker.tasks.demo;

/** A failure that may go away, thrown by {@code demo.fail} because its payload asked for it. */
public final class RetryableDemoFailure extends RuntimeException {

    RetryableDemoFailure(String message) {
        super(message);
    }
}
