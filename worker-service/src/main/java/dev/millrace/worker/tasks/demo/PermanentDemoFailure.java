package dev.millrace.worker.tasks.demo;

/** A failure that stays, thrown by {@code demo.fail} because its payload asked for it. */
public final class PermanentDemoFailure extends RuntimeException {

    PermanentDemoFailure(String message) {
        super(message);
    }
}
