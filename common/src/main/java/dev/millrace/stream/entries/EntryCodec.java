package dev.millrace.stream.entries;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobPlace;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a job as the functions want it, and reads the entries that they make of it. One that lies on a band is lean, since the
 * band's name says queue and band: {@code r} epoch.run, {@code j} job, {@code h} its head, {@code p} payload, and what it carries
 * besides. Any other names each part. So did those of bands before, and they are read too.
 */
public final class EntryCodec {

    private static final String HEADER = "h.";
    private static final int HEAD_PARTS = 6;

    /** The fields that each lean entry has. */
    private static final int LEAST = 4;

    private EntryCodec() {}

    /**
     * What the functions look at: {@code due|expires|attempt|deaths|task|tenant}, times in milliseconds since 1970 or empty. The
     * tenant stands last, since it may hold any character.
     */
    public static String head(Job job) {
        Instant due = job.due();
        Instant expiresAt = job.expiresAt();
        return (due == null ? "" : Long.toString(ceiling(due)))
                + '|'
                + (expiresAt == null ? "" : Long.toString(expiresAt.toEpochMilli()))
                + '|'
                + job.attempt()
                + '|'
                + job.deaths()
                + '|'
                + job.spec().task()
                + '|'
                + job.spec().tenant();
    }

    /** What an entry carries besides, as names and values in turn, always in the same order. */
    public static List<String> others(JobSpec spec) {
        List<String> fields = new ArrayList<>();
        if (spec.ignoreResult()) {
            add(fields, "ignore", "1");
        }
        JobPlace place = spec.place();
        if (place != null) {
            add(fields, "workflow", place.workflow().toString());
            add(fields, "node", place.node());
            add(fields, "index", Integer.toString(place.index()));
        }
        PolicyCodec.write(spec.policy(), (name, value) -> add(fields, name, value));
        spec.headers().forEach((name, value) -> add(fields, HEADER + name, value));
        return fields;
    }

    /**
     * The marker that a job has while an entry of a band that was just given to a worker is valid and its job is to run; empty for
     * one of which only a function may decide, since it expires or is not lean.
     *
     * @param fields as they stand on the band
     */
    public static Optional<String> markerOf(Lane band, EntryId entry, Map<String, String> fields) {
        String start = fields.get("r");
        String head = fields.get("h");
        return start == null || head == null || !head.startsWith("|", head.indexOf('|') + 1)
                ? Optional.empty()
                : Optional.of(start + "|q" + band.label() + '|' + entry + '|');
    }

    /**
     * Reads an entry that the functions have admitted, which makes sure that it can be read.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static Delivery delivery(Lane lane, EntryId entry, int delivery, Map<String, String> fields) {
        return fields.containsKey("r") ? ofLean(lane, entry, delivery, fields) : ofNamed(lane, entry, delivery, fields);
    }

    private static Delivery ofLean(Lane band, EntryId entry, int delivery, Map<String, String> fields) {
        String start = text(fields, "r");
        String[] head = text(fields, "h").split("\\|", HEAD_PARTS);
        int dot = start.indexOf('.');
        if (head.length < HEAD_PARTS || dot < 0) {
            throw new IllegalArgumentException("A lean entry has a head of six parts, and an epoch before its run.");
        }
        JobSpec spec = new JobSpec(
                new TaskName(head[4]),
                band.queue(),
                Band.ofLabel(band.label()),
                head[5],
                fields.size() == LEAST ? Map.of() : headers(fields),
                fields.containsKey("ignore"),
                fields.size() == LEAST ? PolicyOverride.NONE : policy(fields),
                text(fields, "p"),
                fields.size() == LEAST ? null : place(fields));
        long run = Long.parseLong(start, dot + 1, start.length(), 10);
        Token token = new Token(Integer.parseInt(start, 0, dot, 10), run, delivery);
        Job job = new Job(
                JobId.parse(text(fields, "j")),
                spec,
                run,
                Integer.parseInt(head[2]),
                Integer.parseInt(head[3]),
                head[0].isEmpty() ? null : instant(head[0]),
                head[1].isEmpty() ? null : instant(head[1]));
        return new Delivery(band, entry, token, job);
    }

    private static Delivery ofNamed(Lane lane, EntryId entry, int delivery, Map<String, String> fields) {
        long run = Long.parseLong(text(fields, "run"));
        Token token = new Token(Integer.parseInt(text(fields, "epoch")), run, delivery);
        Job job = new Job(
                JobId.parse(text(fields, "job")),
                specOfNamed(fields),
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
            return Optional.ofNullable(fields.getOrDefault("j", fields.get("job")))
                    .map(JobId::parse);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static JobSpec specOfNamed(Map<String, String> fields) {
        return new JobSpec(
                new TaskName(text(fields, "task")),
                new QueueName(text(fields, "queue")),
                Band.ofLabel(text(fields, "band")),
                text(fields, "tenant"),
                headers(fields),
                fields.containsKey("ignore"),
                policy(fields),
                text(fields, "payload"),
                place(fields));
    }

    /** The functions do not look at it: what this version cannot read of one of a newer version it leaves aside. */
    private static @Nullable JobPlace place(Map<String, String> fields) {
        String workflow = fields.get("workflow");
        String node = fields.get("node");
        String index = fields.get("index");
        if (workflow == null || node == null || index == null) {
            return null;
        }
        try {
            return new JobPlace(UUID.fromString(workflow), node, Integer.parseInt(index));
        } catch (IllegalArgumentException newer) {
            return null;
        }
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
            throw new IllegalArgumentException("An admitted entry lacks the field '" + name + "'.");
        }
        return value;
    }
}
