package dev.millrace.api.live.sse;

import dev.millrace.job.EntryId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event as it goes to a client.
 *
 * @param id with which a client that comes back resumes; null only for {@link #HEARTBEAT}
 */
public record Frame(
        @Nullable String id,
        @Nullable String name,
        @Nullable String data) {

    /** A comment. */
    public static final Frame HEARTBEAT = new Frame(null, null, null);

    private static final String NO_DATA = "{}";

    /** For a client that must forget what it knows; it cannot resume from here. */
    public static Frame reset(EntryId position) {
        return new Frame(position + ".r", "reset", NO_DATA);
    }

    /** For a client that could not keep up; it resumes behind the last event that it was sent. */
    public static Frame lagged(String lastId) {
        return new Frame(lastId, "lagged", NO_DATA);
    }

    public int bytes() {
        return data == null ? 0 : data.getBytes(StandardCharsets.UTF_8).length;
    }
}
