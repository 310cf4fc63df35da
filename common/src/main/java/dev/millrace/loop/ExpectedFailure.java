package dev.millrace.loop;

/**
 * Marks an exception that says of a step that it cannot do its work yet, for a reason that passes by itself. Its message
 * is a sentence that says what is waited for. A loop logs it once, at level INFO and without a trace.
 */
public interface ExpectedFailure {

    /** The reason, which is the same text for all loops that wait for the same. */
    String getMessage();
}
