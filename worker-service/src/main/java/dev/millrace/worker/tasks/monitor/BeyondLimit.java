package dev.millrace.worker.tasks.monitor;

import dev.millrace.task.PermanentFailure;

/** What a monitor saw is beyond a limit of its payload. It was seen; looking again at once would show the same. */
public final class BeyondLimit extends PermanentFailure {

    BeyondLimit(String message) {
        super(message);
    }
}
