package dev.millrace.api.live.sse;

import dev.millrace.job.EntryId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The last event that a client says it has received. The ids are opaque to clients: the entry's, with a mark behind snapshots. */
public sealed interface ResumeId {

    /** The first connection. */
    record None() implements ResumeId {}

    /** Everything up to here. */
    record Behind(EntryId entry, boolean snapshot) implements ResumeId {}

    /** Nothing that we can make sense of. */
    record Unknown() implements ResumeId {}

    Pattern FORM = Pattern.compile("(\\d{1,19}-\\d{1,19})(\\.s)?");

    static ResumeId of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return new None();
        }
        var form = FORM.matcher(text);
        try {
            return form.matches() ? new Behind(EntryId.parse(form.group(1)), form.group(2) != null) : new Unknown();
        } catch (IllegalArgumentException tooLarge) {
            return new Unknown();
        }
    }

    static String ofSnapshot(EntryId position) {
        return position + ".s";
    }
}
