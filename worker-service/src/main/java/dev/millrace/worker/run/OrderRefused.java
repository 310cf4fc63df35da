package dev.millrace.worker.run;

import dev.millrace.log.QuotesData;

/** What a task ordered cannot be written as JSON: nested too deep, of a type that nothing writes, or its own code failed. */
final class OrderRefused extends IllegalArgumentException implements QuotesData {

    private static final long serialVersionUID = 1L;

    OrderRefused(Throwable cause) {
        super("The order cannot be written as JSON.", cause);
    }
}
