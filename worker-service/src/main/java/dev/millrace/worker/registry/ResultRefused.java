package dev.millrace.worker.registry;

import dev.millrace.log.QuotesData;

/** What a task returned cannot be written as JSON: nested too deep, of another type, or its own code failed. */
public final class ResultRefused extends RuntimeException implements QuotesData {

    private static final long serialVersionUID = 1L;

    ResultRefused(String type, Throwable cause) {
        super("The result cannot be written as JSON of type " + type + ".", cause);
    }
}
