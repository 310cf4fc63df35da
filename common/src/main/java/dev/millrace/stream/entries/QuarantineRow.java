package dev.millrace.stream.entries;

import dev.millrace.job.EntryId;
import java.util.Map;

/**
 * What a quarantine keeps of an entry that nobody can read. Whatever is longer than it may be is cut.
 *
 * @param stream on which it lay, at most {@value #MAX_STREAM} characters
 * @param entry its id there
 * @param reason at most {@value #MAX_REASON} characters
 * @param bytes what there was of it, at most {@value #MAX_BYTES} characters
 */
public record QuarantineRow(String stream, EntryId entry, String reason, String bytes) {

    static final int MAX_STREAM = 256;
    static final int MAX_REASON = 1024;
    static final int MAX_BYTES = 64 * 1024;

    private static final char NUL = '\0';
    private static final char NUL_SHOWN = '\uFFFD';

    /** The text of PostgreSQL has no NUL; the bytes may hold any. */
    public QuarantineRow {
        stream = cut(stream, MAX_STREAM).replace(NUL, NUL_SHOWN);
        reason = cut(reason, MAX_REASON).replace(NUL, NUL_SHOWN);
        bytes = cut(bytes, MAX_BYTES);
    }

    /** With the entry's fields as lines of the form name=value. */
    public static QuarantineRow of(String stream, StreamEntry entry, String reason) {
        return new QuarantineRow(stream, entry.id(), reason, lines(entry.fields()));
    }

    private static String lines(Map<String, String> fields) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (lines.length() > MAX_BYTES) {
                break;
            }
            lines.append(lines.isEmpty() ? "" : "\n");
            lines.append(cut(field.getKey(), MAX_BYTES)).append('=').append(cut(field.getValue(), MAX_BYTES));
        }
        return lines.toString();
    }

    private static String cut(String text, int atMost) {
        return text.length() <= atMost ? text : text.substring(0, atMost);
    }
}
