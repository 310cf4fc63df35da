package dev.millrace.worker.tasks.email;

import dev.millrace.log.QuotesData;
import dev.millrace.task.PermanentFailure;
import org.jspecify.annotations.Nullable;

/** The mail server, or this worker's configuration, will not take the mail: trying again does not help. */
public final class EmailRefused extends PermanentFailure implements QuotesData {

    private static final long serialVersionUID = 1L;

    EmailRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
