package dev.millrace.worker.tasks;

import org.jspecify.annotations.Nullable;

/** Keeps a list within the size that a result may have: counts the bytes its texts take as JSON. Not thread-safe. */
public final class JsonBudget {

    /** Braces, property names, numbers and dates of one object. */
    private static final int OVERHEAD = 160;

    private static final int ESCAPED_CONTROL = 6;
    private static final int ASCII = 0x80;
    private static final int TWO_BYTES = 0x800;

    private long left;

    public JsonBudget(long bytes) {
        this.left = bytes;
    }

    /** Takes an object with these texts if it still fits; once one did not, none does, so that lists have no gaps. */
    public boolean take(@Nullable String... texts) {
        left -= OVERHEAD;
        for (String text : texts) {
            left -= text == null ? 0 : text.chars().mapToLong(JsonBudget::bytes).sum();
        }
        return left >= 0;
    }

    private static long bytes(int character) {
        if (character < ' ') {
            return ESCAPED_CONTROL;
        }
        if (character == '"' || character == '\\') {
            return 2;
        }
        return character < ASCII ? 1 : character < TWO_BYTES || Character.isSurrogate((char) character) ? 2 : 3;
    }
}
