package dev.millrace.api.base.quarantine;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import java.util.Map;

/**
 * An entry for the quarantine. Whatever is longer than its column may be is cut.
 *
 * @param entry its id on the stream that it was read from
 * @param stream on which it lay before it was taken out
 * @param reason at most {@value #MAX_REASON} characters
 * @param bytes what there was of it, at most {@value #MAX_BYTES} characters
 */
public record Unreadable(EntryId entry, String stream, String reason, String bytes) {

    static final int MAX_STREAM = 256;
    static final int MAX_REASON = 1024;
    static final int MAX_BYTES = 64 * 1024;

    private static final String NUL = "\0";
    private static final String NUL_SHOWN = "\uFFFD";

    public Unreadable {
        stream = storable(stream, MAX_STREAM);
        reason = storable(reason, MAX_REASON);
        bytes = cut(bytes, MAX_BYTES);
    }

    /** With its fields as lines of the form name=value. */
    public static Unreadable of(StreamEntry entry, String stream, String reason) {
        return new Unreadable(entry.id(), stream, reason, lines(entry.fields()));
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

    /** The text of PostgreSQL has no NUL. */
    private static String storable(String text, int atMost) {
        return cut(text, atMost).replace(NUL, NUL_SHOWN);
    }

    private static String cut(String text, int atMost) {
        return text.length() <= atMost ? text : text.substring(0, atMost);
    }
}
