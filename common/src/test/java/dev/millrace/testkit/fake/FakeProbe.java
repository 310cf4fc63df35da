package dev.millrace.testkit.fake;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks into a {@link FakeRedis}, and at what a simulation wants to know besides. */
public final class FakeProbe implements Probe {

    private static final StreamNames NAMES = FakeRedis.NAMES;
    private static final long ABANDONED_MILLIS = 30_000;

    private final FakeRedis redis;

    FakeProbe(FakeRedis redis) {
        this.redis = redis;
    }

    /** Where each job lies that its marker names, by job; nothing of what is stale. */
    public Map<JobId, String> places() {
        Map<JobId, String> places = new LinkedHashMap<>();
        String prefix = NAMES.markerPrefix();
        for (String key : data().texts(prefix, redis.now())) {
            String job = key.substring(prefix.length());
            Mark mark = Mark.parse(data().text(key, redis.now()));
            if (mark != null && lies(job, mark)) {
                places.put(JobId.parse(job), mark.place() + " " + mark.entry());
            }
        }
        return places;
    }

    private boolean lies(String job, Mark mark) {
        return switch (mark.place()) {
            case "E" -> false;
            case "t" -> data().times().containsKey(job) && data().timerTexts().containsKey(job);
            default -> liesOnStream(mark);
        };
    }

    private boolean liesOnStream(Mark mark) {
        EntryId entry = EntryId.parse(mark.entry());
        return data().streams().entrySet().stream()
                .filter(one -> Call.placeOf(one.getKey()).equals(mark.place()))
                .anyMatch(one -> willBeGiven(one.getKey(), one.getValue(), entry));
    }

    private static boolean willBeGiven(String key, Stream stream, EntryId entry) {
        String name = key.equals(NAMES.delays()) ? StreamNames.SCHEDULER : StreamNames.WORKERS;
        Group group = stream.group(name);
        boolean waits = group == null || group.given(entry) != null || entry.compareTo(group.last()) > 0;
        return waits && stream.body(entry) != null;
    }

    /** Entries of the events behind this one, oldest first. */
    public List<StreamEntry> eventsAfter(EntryId last) {
        Stream events = data().stream(NAMES.events());
        return events == null
                ? List.of()
                : events.entries().tailMap(last, false).entrySet().stream()
                        .map(one -> new StreamEntry(one.getKey(), Call.parse(one.getValue())))
                        .toList();
    }

    /** Gives the group of the projection up to {@code n} events; first those that were given to another and not acknowledged. */
    public List<StreamEntry> giveToProjection(String consumer, int n) {
        Stream events = data().made(NAMES.events());
        Group found = events.group(StreamNames.PROJECTION);
        Group group =
                found == null ? events.makeGroup(StreamNames.PROJECTION, redis.has(Flaw.GROUP_AT_THE_END)) : found;
        List<EntryId> given = new ArrayList<>();
        group.idle(redis.now(), ABANDONED_MILLIS, null, n).forEach(one -> {
            group.claim(one.getKey(), consumer, redis.now(), true);
            given.add(one.getKey());
        });
        given.addAll(events.read(group, consumer, redis.now(), n));
        return given.stream()
                .filter(entry -> events.body(entry) != null)
                .map(entry -> new StreamEntry(entry, Call.parse(Objects.requireNonNull(events.body(entry)))))
                .toList();
    }

    /** How much is left where nothing should be: entries, pending ones, timers, markers that do not expire. */
    public Map<String, Integer> left() {
        Map<String, Integer> left = new LinkedHashMap<>();
        data().streams().forEach((key, stream) -> {
            if (!key.equals(NAMES.events())) {
                left.put("entries of " + key, stream.length());
                left.put("pending of " + key, pendingOf(key).size());
            }
        });
        left.put("timers", data().times().size() + data().timerTexts().size());
        left.put("markers", (int) data().texts(NAMES.markerPrefix(), redis.now()).stream()
                .filter(key -> data().life(key, redis.now()) == null)
                .count());
        return left;
    }

    private Data data() {
        return redis.data();
    }

    @Override
    public List<EntryId> entries(Lane lane) {
        return entriesOf(NAMES.lane(lane));
    }

    private List<EntryId> entriesOf(String key) {
        Stream stream = data().stream(key);
        return stream == null ? List.of() : List.copyOf(stream.entries().keySet());
    }

    @Override
    public List<Pending> pending(Lane lane) {
        return pendingOf(NAMES.lane(lane));
    }

    private List<Pending> pendingOf(String key) {
        Group group = groupOf(key);
        return group == null
                ? List.of()
                : group.pending().entrySet().stream()
                        .map(one -> new Pending(
                                one.getKey(),
                                one.getValue().consumer(),
                                one.getValue().delivery()))
                        .toList();
    }

    private @Nullable Group groupOf(String key) {
        Stream stream = data().stream(key);
        return stream == null
                ? null
                : stream.group(key.equals(NAMES.delays()) ? StreamNames.SCHEDULER : StreamNames.WORKERS);
    }

    @Override
    public EntryId lastDelivered(Lane lane) {
        return last(NAMES.lane(lane));
    }

    private EntryId last(String key) {
        Group group = groupOf(key);
        return group == null ? EntryId.ZERO : group.last();
    }

    @Override
    public @Nullable Marker marker(JobId job) {
        String key = NAMES.markerPrefix() + job;
        String text = data().text(key, redis.now());
        if (text == null) {
            return null;
        }
        String[] parts = text.split("\\|", -1);
        String[] position = parts[0].split("\\.", -1);
        Long life = data().life(key, redis.now());
        return new Marker(
                Integer.parseInt(position[0]),
                Long.parseLong(position[1]),
                parts[1],
                parts[2].contains("-") ? EntryId.parse(parts[2]) : null,
                parts[3].contains("C"),
                life == null ? null : Duration.ofMillis(life));
    }

    @Override
    public List<Decoded> events() {
        return eventsAfter(EntryId.ZERO).stream().map(EventCodec::decode).toList();
    }

    @Override
    public List<EntryId> delays() {
        return entriesOf(NAMES.delays());
    }

    @Override
    public List<Pending> delaysPending() {
        return pendingOf(NAMES.delays());
    }

    @Override
    public EntryId lastDelayed() {
        return last(NAMES.delays());
    }

    @Override
    public Map<String, String> delay(EntryId entry) {
        return fieldsOf(NAMES.delays(), entry);
    }

    @Override
    public EntryId putDelay(Map<String, String> fields) {
        return put(NAMES.delays(), fields);
    }

    @Override
    public void removeDelay(EntryId entry) {
        data().made(NAMES.delays()).delete(entry);
    }

    @Override
    public void acknowledgeDelay(EntryId entry) {
        acknowledge(NAMES.delays(), entry);
    }

    @Override
    public Map<JobId, Instant> timers() {
        Map<JobId, Instant> timers = new LinkedHashMap<>();
        data().timersInOrder()
                .forEach(job -> timers.put(
                        JobId.parse(job), Instant.ofEpochMilli(data().times().getOrDefault(job, 0L))));
        return timers;
    }

    @Override
    public Set<JobId> timerJobs() {
        return data().timerTexts().keySet().stream().map(JobId::parse).collect(Collectors.toSet());
    }

    @Override
    public void setTimer(JobId job, Instant due) {
        data().times().put(job.toString(), due.toEpochMilli());
    }

    @Override
    public String timerJob(JobId job) {
        return Objects.requireNonNull(data().timerTexts().get(job.toString()));
    }

    @Override
    public void setTimerJob(JobId job, String text) {
        data().timerTexts().put(job.toString(), text);
    }

    @Override
    public void removeTimer(JobId job) {
        data().times().remove(job.toString());
    }

    @Override
    public void removeTimerJob(JobId job) {
        data().timerTexts().remove(job.toString());
    }

    /** Like XCLAIM, it drops what is pending and no longer there. */
    @Override
    public void age(Lane lane, EntryId entry, Duration idle) {
        Group group = groupOf(NAMES.lane(lane));
        if (group != null && data().made(NAMES.lane(lane)).body(entry) == null) {
            group.acknowledge(entry);
        } else if (group != null) {
            group.age(entry, redis.now() - idle.toMillis());
        }
    }

    @Override
    public void gone(String consumer) {
        data().delete(NAMES.workerPrefix() + consumer);
    }

    @Override
    public void flag(JobId job) {
        String key = NAMES.markerPrefix() + job;
        data().set(key, data().text(key, redis.now()) + "C");
    }

    @Override
    public EntryId put(Lane lane, Map<String, String> fields) {
        return put(NAMES.lane(lane), fields);
    }

    private EntryId put(String key, Map<String, String> fields) {
        List<String> flat = new ArrayList<>();
        fields.forEach((name, value) -> flat.addAll(List.of(name, value)));
        return data().made(key).add(redis.now(), flat);
    }

    @Override
    public Map<String, String> fields(Lane lane, EntryId entry) {
        return fieldsOf(NAMES.lane(lane), entry);
    }

    private Map<String, String> fieldsOf(String key, EntryId entry) {
        List<String> flat = Objects.requireNonNull(data().made(key).body(entry), () -> entry + " is not on " + key);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }

    @Override
    public void removeEntry(Lane lane, EntryId entry) {
        data().made(NAMES.lane(lane)).delete(entry);
    }

    @Override
    public void acknowledge(Lane lane, EntryId entry) {
        acknowledge(NAMES.lane(lane), entry);
    }

    private void acknowledge(String key, EntryId entry) {
        Group group = groupOf(key);
        if (group != null) {
            group.acknowledge(entry);
        }
    }

    @Override
    public void removeGroup(Lane lane) {
        data().made(NAMES.lane(lane)).removeGroup(StreamNames.WORKERS);
    }

    @Override
    public void removeMarker(JobId job) {
        data().delete(NAMES.markerPrefix() + job);
    }

    @Override
    public void setMarker(JobId job, String text) {
        data().set(NAMES.markerPrefix() + job, text);
    }

    @Override
    public void loseAll() {
        redis.loseAll();
    }

    @Override
    public void fill(Lane lane, int entries) {
        for (int added = 0; added < entries; added++) {
            put(lane, Map.of("job", "none"));
        }
    }
}
