package dev.millrace.scheduler.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.stream.entries.StreamEntry;
import java.util.Base64;
import java.util.Map;

/** An entry that nobody can read, and why. */
public record Unreadable(StreamEntry entry, String why) {

    private static final int MAX_WHY = 1024;
    private static final int MAX_LINES = 64 * 1024;

    /** The text of PostgreSQL has no NUL. */
    public Unreadable {
        why = cut(why, MAX_WHY).replace('\0', '\uFFFD');
    }

    /** Its fields as lines of the form name=value, in UTF-8; at most 64 Ki characters of them. */
    String base64() {
        return Base64.getEncoder().encodeToString(lines().getBytes(UTF_8));
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> field : entry.fields().entrySet()) {
            if (lines.length() < MAX_LINES) {
                lines.append(lines.isEmpty() ? "" : "\n")
                        .append(cut(field.getKey(), MAX_LINES))
                        .append('=')
                        .append(cut(field.getValue(), MAX_LINES));
            }
        }
        return cut(lines.toString(), MAX_LINES);
    }

    private static String cut(String text, int atMost) {
        return text.length() <= atMost ? text : text.substring(0, atMost);
    }
}
