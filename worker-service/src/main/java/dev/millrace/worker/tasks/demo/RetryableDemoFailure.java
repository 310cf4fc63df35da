package dev.millrace.worker.tasks.demo;

import dev.millrace.log.QuotesData;

/** A failure that may go away, thrown by {@code demo.fail} because its payload asked for it. */
public final class RetryableDemoFailure extends RuntimeException implements QuotesData {

    RetryableDemoFailure(String message) {
        super(message);
    }
}
