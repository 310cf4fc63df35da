package dev.millrace.json;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into it; empty for the document itself
 * @param detail what, in a sentence
 */
public record Violation(String pointer, String detail) {

    private static final String NO_SUCH_FIELD = "There is no such field. Remove it, or correct its name.";

    static Violation noSuchField(String pointer) {
        return new Violation(pointer, NO_SUCH_FIELD);
    }

    /** Whether there is nothing wrong but that nobody knows such a field. */
    public boolean isNoSuchField() {
        return detail.equals(NO_SUCH_FIELD);
    }

    /** The same, seen from further out. */
    public Violation under(String prefix) {
        return new Violation(prefix + pointer, detail);
    }
}
