package dev.millrace.api.projection;

import dev.millrace.job.EntryId;
import dev.millrace.stream.StreamEntry;
import java.util.stream.Collectors;

/**
 * An entry for the quarantine.
 *
 * @param entry its id on the events stream
 * @param stream on which it lay before it was taken out
 * @param bytes what there was of it
 */
record Unreadable(EntryId entry, String stream, String reason, String bytes) {

    private static final String NUL = "\0";
    private static final String NUL_SHOWN = "\uFFFD";

    Unreadable {
        // The text of PostgreSQL has no NUL.
        stream = stream.replace(NUL, NUL_SHOWN);
        reason = reason.replace(NUL, NUL_SHOWN);
    }

    static Unreadable of(StreamEntry entry, String stream, String reason) {
        String bytes = entry.fields().entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("\n"));
        return new Unreadable(entry.id(), stream, reason, bytes);
    }
}
