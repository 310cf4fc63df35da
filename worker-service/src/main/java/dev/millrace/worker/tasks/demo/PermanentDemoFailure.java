package dev.millrace.worker.tasks.demo;

import dev.millrace.task.PermanentFailure;

/** A failure that stays, thrown by {@code demo.fail} because its payload asked for it. */
public final class PermanentDemoFailure extends PermanentFailure {

    PermanentDemoFailure(String message) {
        super(message);
    }
}
