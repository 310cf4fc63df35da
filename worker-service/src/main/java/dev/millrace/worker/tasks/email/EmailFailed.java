package dev.millrace.worker.tasks.email;

import dev.millrace.log.QuotesData;
import org.jspecify.annotations.Nullable;

/** The mail could not be handed over now: trying again may help. */
public final class EmailFailed extends RuntimeException implements QuotesData {

    private static final long serialVersionUID = 1L;

    EmailFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
