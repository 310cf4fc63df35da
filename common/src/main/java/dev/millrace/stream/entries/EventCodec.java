package dev.millrace.stream.entries;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.Position.Rank;
import dev.millrace.job.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries of the events stream. What cannot be read is a value, not an exception: a reader must not stop. */
public final class EventCodec {

    /** What an entry turned out to be. */
    public sealed interface Decoded {

        EntryId entry();

        record Event(EntryId entry, JobEvent event) implements Decoded {}

        /** A lane's entry that the functions took out: which stream it lay on and its bytes. */
        record Quarantined(EntryId entry, String stream, String reason, String bytes) implements Decoded {}

        /** Not an event of ours. If it names a job and an end, that job must not wait forever. */
        record Malformed(EntryId entry, String reason, Optional<JobId> endedJob) implements Decoded {}
    }

    private EventCodec() {}

    public static Decoded decode(StreamEntry entry) {
        try {
            return "QUARANTINED".equals(entry.fields().get("type"))
                    ? quarantined(entry)
                    : new Decoded.Event(entry.id(), event(entry));
        } catch (IllegalArgumentException | ArithmeticException broken) {
            return new Decoded.Malformed(entry.id(), String.valueOf(broken.getMessage()), endedJob(entry));
        }
    }

    private static Decoded quarantined(StreamEntry entry) {
        Map<String, String> fields = entry.fields();
        return new Decoded.Quarantined(
                entry.id(), text(fields, "stream"), text(fields, "reason"), fields.getOrDefault("bytes", ""));
    }

    private static JobEvent event(StreamEntry entry) {
        Map<String, String> fields = entry.fields();
        JobId job = JobId.parse(text(fields, "job"));
        int attempt = attempt(fields);
        Instant at = Instant.ofEpochMilli(number(fields, "at"));
        String type = text(fields, "type");
        return switch (type) {
            case "QUEUED" -> new Queued(job, position(entry, Rank.QUEUED), attempt, at);
            case "STARTED" -> new Started(job, position(entry, Rank.STARTED), attempt, at, text(fields, "worker"));
            case "PROGRESS" -> new Progressed(job, position(entry, Rank.STARTED), attempt, at, progress(fields));
            case "ORDERED" -> new Ordered(job, position(entry, Rank.STARTED), attempt, at, text(fields, "orders"));
            case "DEFERRED" ->
                new Deferred(
                        job,
                        position(entry, Rank.DEFERRED),
                        attempt,
                        at,
                        Why.valueOf(text(fields, "why")),
                        Instant.ofEpochMilli(number(fields, "due")),
                        start(fields),
                        error(fields));
            default ->
                new Ended(
                        job,
                        position(entry, Rank.ENDED),
                        attempt,
                        at,
                        state(type),
                        start(fields),
                        fields.get("result"),
                        error(fields),
                        type.equals(JobState.SUCCEEDED.name()) ? fields.get("orders") : null);
        };
    }

    private static int attempt(Map<String, String> fields) {
        long attempt = number(fields, "attempt");
        if (attempt < 1 || attempt > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The attempt of an event is 1 to 2147483647.");
        }
        return (int) attempt;
    }

    /** Not {@code valueOf}, whose message repeats what was written here. */
    private static JobState state(String type) {
        for (JobState state : JobState.values()) {
            if (state.name().equals(type)) {
                return state;
            }
        }
        throw new IllegalArgumentException("The type of an event is none that this version knows.");
    }

    private static Position position(StreamEntry entry, Rank rank) {
        Map<String, String> fields = entry.fields();
        Token token = new Token(
                Math.toIntExact(number(fields, "epoch")),
                number(fields, "run"),
                Math.toIntExact(number(fields, "delivery")));
        return new Position(token, rank, entry.id());
    }

    private static Progress progress(Map<String, String> fields) {
        String message = fields.getOrDefault("message", "");
        return new Progress(number(fields, "current"), number(fields, "total"), message.isEmpty() ? null : message);
    }

    private static @Nullable Start start(Map<String, String> fields) {
        return fields.containsKey("started")
                ? new Start(
                        Instant.ofEpochMilli(number(fields, "started")),
                        text(fields, "worker"),
                        Duration.ofMillis(number(fields, "ran")))
                : null;
    }

    private static @Nullable JobError error(Map<String, String> fields) {
        String type = fields.get("errorType");
        return type == null ? null : new JobError(type, fields.get("errorMessage"), fields.get("errorStack"));
    }

    private static Optional<JobId> endedJob(StreamEntry entry) {
        try {
            boolean ended = state(text(entry.fields(), "type")).ended();
            return ended ? Optional.of(JobId.parse(text(entry.fields(), "job"))) : Optional.empty();
        } catch (IllegalArgumentException unnamed) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("An event has a field '" + name + "', which this entry lacks.");
        }
        return value;
    }

    private static long number(Map<String, String> fields, String name) {
        String text = text(fields, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("The field '" + name + "' of an event is a whole number.", notNumber);
        }
    }
}
