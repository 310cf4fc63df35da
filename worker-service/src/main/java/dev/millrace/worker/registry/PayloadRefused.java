package dev.millrace.worker.registry;

import dev.millrace.log.QuotesData;

/**
 * A payload that is not what its task takes. The message names place and expectation; what stood there it names only where a
 * record's own rule does.
 */
public final class PayloadRefused extends RuntimeException implements QuotesData {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    PayloadRefused(String pointer, String expected) {
        super("The payload does not fit at '" + pointer + "': " + expected + ".");
        this.pointer = pointer;
    }

    /** Where, as a JSON pointer (RFC 6901); empty for the whole payload. */
    public String pointer() {
        return pointer;
    }
}
