package dev.millrace.api.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the body; empty for the body itself
 * @param detail what, in a sentence
 */
public record Violation(String pointer, String detail) {

    /** The same, seen from further out. */
    public Violation under(String prefix) {
        return new Violation(prefix + pointer, detail);
    }
}
