package dev.millrace.stream.entries;

import dev.millrace.job.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Requests to the services that own data, as entries of {@link StreamNames#maintenance()}: flat fields that a person can
 * read, the first of them {@code kind}.
 *
 * <pre>
 * kind retention  job        delete what is older than you are to keep
 * </pre>
 *
 * Each service reads all of them, in a group of its own. A request may come twice, which does no harm. Unknown fields are
 * passed over.
 */
public final class MaintenanceCodec {

    /** How long each service leaves a request on the stream for the others, which may be away. */
    public static final Duration KEPT = Duration.ofDays(7);

    private static final String RETENTION = "retention";

    private MaintenanceCodec() {}

    /** A request for retention, names and values in turn; {@code job} is the one that asks. */
    public static List<String> retention(JobId job) {
        return List.of("kind", RETENTION, "job", job.toString());
    }

    /** The job that asks for retention. Never throws. */
    public static Reading<JobId> decode(Map<String, String> fields) {
        return EntryFields.understand(fields, MaintenanceCodec::understand);
    }

    private static JobId understand(EntryFields fields) {
        if (!fields.text("kind").equals(RETENTION)) {
            throw new IllegalArgumentException("Unknown kind of request (known: " + RETENTION + ").");
        }
        return fields.read("job", JobId::parse);
    }
}
