package dev.millrace.worker.tasks.csv;

import dev.millrace.task.PermanentFailure;

/** The file as a whole is not what the payload says: no header, or not the columns. Its rows were not looked at. */
public final class UnreadableCsv extends PermanentFailure {

    UnreadableCsv(String message) {
        super(message);
    }
}
