package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.StreamsUnavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of a function: who calls, when, in which epoch; and the steps that functions have in common. */
final class Call {

    static final int MAX_DEATHS = 2;
    static final long MARKER_TTL_MILLIS = 20_000;
    private static final int MAX_BYTES = 65_536;
    private static final StreamNames NAMES = FakeRedis.NAMES;

    final FakeRedis redis;
    final Data data;
    final String group;
    final String consumer;
    final long now;
    final String epoch;

    private Call(FakeRedis redis, String group, String consumer, String epoch) {
        this.redis = redis;
        this.data = redis.data();
        this.group = group;
        this.consumer = consumer;
        this.now = redis.now();
        this.epoch = epoch;
    }

    /** Of a worker's or an api's functions; throws while the shard is cold. */
    static Call ofWorker(FakeRedis redis, String consumer) {
        return of(redis, StreamNames.WORKERS, consumer);
    }

    static Call ofScheduler(FakeRedis redis, String scheduler) {
        return of(redis, StreamNames.SCHEDULER, scheduler);
    }

    private static Call of(FakeRedis redis, String group, String consumer) {
        String epoch = redis.epoch();
        if (epoch == null) {
            throw new StreamsUnavailable.Cold();
        }
        return new Call(redis, group, consumer, epoch);
    }

    boolean has(Flaw flaw) {
        return redis.has(flaw);
    }

    /** The later of two values of a name counts. */
    static Map<String, String> parse(List<String> flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }

    static String placeOf(String lane) {
        String label = lane.substring(lane.lastIndexOf(':') + 1);
        return switch (label) {
            case "suspect" -> "s";
            case "delays" -> "d";
            case "timers" -> "t";
            default -> "q" + label;
        };
    }

    static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }

    static String job(Map<String, String> fields) {
        return fields.getOrDefault("job", "");
    }

    @Nullable
    String marker(String job) {
        return data.text(NAMES.markerPrefix() + job, now);
    }

    void mark(String job, String itsEpoch, String run, String place, String entry) {
        data.set(NAMES.markerPrefix() + job, itsEpoch + "." + run + "|" + place + "|" + entry + "|");
    }

    void event(String job, String type, String itsEpoch, String run, long delivery, String attempt, List<String> more) {
        eventAt(now, job, type, itsEpoch, run, delivery, attempt, more);
    }

    void eventAt(
            long at,
            String job,
            String type,
            String itsEpoch,
            String run,
            long delivery,
            String attempt,
            List<String> more) {
        List<String> flat = new ArrayList<>(
                List.of("job", job, "type", type, "epoch", itsEpoch, "run", run, "delivery", Long.toString(delivery)));
        flat.addAll(List.of("attempt", attempt, "at", Long.toString(at)));
        flat.addAll(more);
        tell(flat);
    }

    private void tell(List<String> flat) {
        Stream events = data.made(NAMES.events());
        events.add(now, flat);
        if (has(Flaw.TRIM_AHEAD)) {
            events.trim(3);
        }
    }

    void end(Map<String, String> f, String state, long delivery, List<String> more) {
        end(job(f), state, field(f, "epoch"), field(f, "run"), delivery, field(f, "attempt"), more);
    }

    void end(String job, String state, String itsEpoch, String run, long delivery, String attempt, List<String> more) {
        mark(job, itsEpoch, run, "E", Long.toString(delivery));
        event(job, state, itsEpoch, run, delivery, attempt, more);
    }

    static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    @Nullable
    Group groupOf(String lane) {
        return groupOf(lane, group);
    }

    @Nullable
    Group groupOf(String lane, String name) {
        Stream stream = data.stream(lane);
        return stream == null ? null : stream.group(name);
    }

    Group.@Nullable Given pending(String lane, EntryId entry) {
        return pending(lane, group, entry);
    }

    Group.@Nullable Given pending(String lane, String ofGroup, EntryId entry) {
        Group found = groupOf(lane, ofGroup);
        return found == null ? null : found.given(entry);
    }

    boolean holds(String lane, EntryId entry, long delivery) {
        Group.Given given = pending(lane, entry);
        return given != null && given.consumer().equals(consumer) && given.delivery() == delivery;
    }

    @Nullable
    List<String> body(String lane, EntryId entry) {
        Stream stream = data.stream(lane);
        return stream == null ? null : stream.body(entry);
    }

    void remove(String lane, EntryId entry) {
        remove(lane, group, entry);
    }

    void remove(String lane, String ofGroup, EntryId entry) {
        Group found = groupOf(lane, ofGroup);
        if (found != null) {
            found.acknowledge(entry);
        }
        Stream stream = data.stream(lane);
        if (stream != null) {
            stream.delete(entry);
        }
    }

    /** A marker's flags if it names this entry; null if it does not. */
    @Nullable
    String flags(Map<String, String> f, String place, String entry) {
        String expected = field(f, "epoch") + "." + field(f, "run") + "|" + place + "|" + entry + "|";
        String marker = marker(job(f));
        return marker == null || !marker.startsWith(expected) ? null : marker.substring(expected.length());
    }

    /** The fields of what lies at a place if it is valid and may run; else null, and the job is ended if it was valid. */
    @Nullable
    Map<String, String> validate(String lane, String entry, List<String> flat, long delivery) {
        Map<String, String> f = parse(flat);
        String defect = Defects.of(flat, f, lane);
        if (defect != null) {
            quarantine(lane, entry, flat, f, delivery, defect);
            return null;
        }
        String flags = flags(f, placeOf(lane), entry);
        return flags == null || overBefore(f, flags, delivery) ? null : f;
    }

    private boolean overBefore(Map<String, String> f, String flags, long delivery) {
        if (flags.contains("C") && !has(Flaw.FLAG_UNSEEN)) {
            end(f, "CANCELLED", delivery, List.of());
            return true;
        }
        if (f.containsKey("expires") && number(f, "expires") <= now) {
            end(f, "EXPIRED", delivery, List.of());
            return true;
        }
        return false;
    }

    void quarantine(String lane, String entry, List<String> flat, Map<String, String> f, long delivery, String reason) {
        String bytes = Json.text(flat);
        String kept = bytes.substring(0, Math.min(bytes.length(), MAX_BYTES));
        Mark mark = f.containsKey("job") ? Mark.parse(marker(job(f))) : null;
        if (mark != null && mark.place().equals(placeOf(lane)) && mark.entry().equals(entry)) {
            String attempt = Defects.isNumber(f.get("attempt"), 1, Integer.MAX_VALUE) ? field(f, "attempt") : "1";
            String message = "Its entry is malformed: " + reason + ".";
            List<String> error =
                    List.of("errorType", JobError.QUARANTINED, "errorMessage", message, "errorStack", kept);
            end(job(f), "FAILED", mark.epoch(), mark.run(), delivery, attempt, error);
        } else {
            tell(List.of("type", "QUARANTINED", "stream", lane, "entry", entry, "reason", reason, "bytes", kept));
        }
    }

    /** The fields of an entry in the caller's hands if it may run; else null, with it taken off the lane. */
    @Nullable
    Map<String, String> admit(String lane, EntryId entry, List<String> flat, long delivery) {
        Map<String, String> f = validate(lane, entry.toString(), flat, delivery);
        if (f == null) {
            remove(lane, entry);
        }
        return f;
    }

    /** Adds an entry with some of its fields changed, and lets the marker name it. */
    void add(String to, List<String> flat, String job, String run, Map<String, String> changed) {
        Map<String, String> copy = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            String name = flat.get(i);
            if (!name.equals("due") || !changed.containsKey("due")) {
                copy.put(name, changed.getOrDefault(name, flat.get(i + 1)));
            }
            if (name.equals("deaths") && changed.containsKey("due")) {
                copy.put("due", field(changed, "due"));
            }
        }
        List<String> added = new ArrayList<>();
        copy.forEach((name, value) -> added.addAll(List.of(name, value)));
        EntryId entry = data.made(to).add(now, added);
        mark(job, epoch, run, placeOf(to), entry.toString());
    }

    /** Such an entry is not given away: it goes back as one of the epoch of now. */
    boolean isOfEarlierEpoch(Map<String, String> f) {
        return !has(Flaw.EPOCHS_MIXED) && !field(f, "epoch").equals(epoch);
    }

    /** Puts an entry on another lane as the next run of its job. It leaves the old one. */
    void move(String from, EntryId entry, List<String> flat, Map<String, String> f, long deaths, String to) {
        dieBetween(from, entry);
        String run = Long.toString(number(f, "run") + 1);
        add(to, flat, job(f), run, Map.of("epoch", epoch, "run", run, "deaths", Long.toString(deaths)));
        remove(from, entry);
        event(job(f), "QUEUED", epoch, run, 0, field(f, "attempt"), List.of());
    }

    /** With the flaw of two steps: the first was made, then the caller died. */
    void dieBetween(String from, EntryId entry) {
        if (redis.diesBetween()) {
            remove(from, entry);
            throw new StreamsUnavailable("The caller died between two steps.");
        }
    }

    /** Up to {@code n} new entries of a lane, whose group is made if it is missing. */
    List<EntryId> readNew(String lane, int n) {
        Stream stream = data.made(lane);
        Group found = stream.group(group);
        if (found == null) {
            found = stream.makeGroup(group, has(Flaw.GROUP_AT_THE_END));
        }
        return stream.read(found, consumer, now, n);
    }
}
