package dev.millrace.worker.tasks.monitor;

import dev.millrace.log.QuotesData;

/** Something did not answer, or not with 2xx. It may next time. */
public final class HealthFailed extends RuntimeException implements QuotesData {

    private static final long serialVersionUID = 1L;

    HealthFailed(String message) {
        super(message);
    }
}
