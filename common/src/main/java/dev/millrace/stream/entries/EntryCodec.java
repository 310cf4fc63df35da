package dev.millrace.stream.entries;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.job.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a job as the flat fields of a lane's entry, and reads it back. The functions add {@code epoch} and {@code run}
 * in front. Fields stand in one order always: Redis then stores their names once for many entries.
 */
public final class EntryCodec {

    private static final String HEADER = "h.";

    private EntryCodec() {}

    /** Names and values in turn. */
    public static List<String> fields(Job job) {
        JobSpec spec = job.spec();
        List<String> fields = new ArrayList<>(20);
        add(fields, "job", job.id().toString());
        add(fields, "task", spec.task().value());
        add(fields, "queue", spec.queue().value());
        add(fields, "band", spec.band().label());
        add(fields, "tenant", spec.tenant());
        add(fields, "attempt", Integer.toString(job.attempt()));
        add(fields, "deaths", Integer.toString(job.deaths()));
        Instant due = job.due();
        if (due != null) {
            add(fields, "due", Long.toString(ceiling(due)));
        }
        Instant expiresAt = job.expiresAt();
        if (expiresAt != null) {
            add(fields, "expires", Long.toString(expiresAt.toEpochMilli()));
        }
        if (spec.ignoreResult()) {
            add(fields, "ignore", "1");
        }
        PolicyCodec.write(spec.policy(), (name, value) -> add(fields, name, value));
        spec.headers().forEach((name, value) -> add(fields, HEADER + name, value));
        add(fields, "payload", spec.payload());
        return fields;
    }

    /** Reads an entry that the functions have admitted, which makes sure that it can be read. */
    public static Delivery delivery(Lane lane, EntryId entry, int delivery, Map<String, String> fields) {
        long run = Long.parseLong(text(fields, "run"));
        Token token = new Token(Integer.parseInt(text(fields, "epoch")), run, delivery);
        Job job = new Job(
                JobId.parse(text(fields, "job")),
                spec(fields),
                run,
                Integer.parseInt(text(fields, "attempt")),
                Integer.parseInt(text(fields, "deaths")),
                instant(fields.get("due")),
                instant(fields.get("expires")));
        return new Delivery(lane, entry, token, job);
    }

    /** The job of an entry that may be anything; empty if none can be read. */
    public static Optional<JobId> job(Map<String, String> fields) {
        try {
            return Optional.ofNullable(fields.get("job")).map(JobId::parse);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static JobSpec spec(Map<String, String> fields) {
        return new JobSpec(
                new TaskName(text(fields, "task")),
                new QueueName(text(fields, "queue")),
                Band.ofLabel(text(fields, "band")),
                text(fields, "tenant"),
                headers(fields),
                fields.containsKey("ignore"),
                policy(fields),
                text(fields, "payload"));
    }

    private static void add(List<String> fields, String name, String value) {
        fields.add(name);
        fields.add(value);
    }

    private static Map<String, String> headers(Map<String, String> fields) {
        Map<String, String> headers = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                headers.put(name.substring(HEADER.length()), value);
            }
        });
        return headers;
    }

    /** In milliseconds since 1970, never before the instant: a job must not run early. */
    public static long ceiling(Instant due) {
        return Math.max(0, due.plusNanos(999_999).toEpochMilli());
    }

    /**
     * The functions do not look at the policy, so one of a newer version may come here. What this one cannot read it
     * leaves aside: the job then runs under the policy of its task.
     */
    private static PolicyOverride policy(Map<String, String> fields) {
        try {
            return PolicyCodec.read(fields);
        } catch (IllegalArgumentException newer) {
            return PolicyOverride.NONE;
        }
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("An admitted entry lacks the field '" + name + "'.");
        }
        return value;
    }
}
