package dev.millrace.testkit;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.JobFields;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into a real Redis with raw commands. */
public final class RedisProbe implements Probe {

    private static final StreamNames NAMES = RedisFixture.NAMES;
    private static final String GROUP = StreamNames.WORKERS;
    private static final int AT_ONCE = 1_000;

    private final RedisFixture redis;

    public RedisProbe(RedisFixture redis) {
        this.redis = redis;
    }

    @Override
    public List<EntryId> entries(Lane lane) {
        return read(NAMES.lane(lane)).stream().map(StreamEntry::id).toList();
    }

    @Override
    public List<Pending> pending(Lane lane) {
        return pending(NAMES.lane(lane), GROUP);
    }

    private List<Pending> pending(String stream, String group) {
        List<Pending> all = new ArrayList<>();
        try {
            for (Response one : redis.get("XPENDING", stream, group, "-", "+", 100_000)) {
                EntryId id = EntryId.parse(one.get(0).toString());
                all.add(new Pending(id, one.get(1).toString(), one.get(3).toInteger()));
            }
        } catch (StreamsUnavailable.Refused noGroup) {
            return List.of();
        }
        return all;
    }

    @Override
    public List<EntryId> delays() {
        return read(NAMES.delays()).stream().map(StreamEntry::id).toList();
    }

    @Override
    public List<Pending> delaysPending() {
        return pending(NAMES.delays(), StreamNames.SCHEDULER);
    }

    @Override
    public Map<String, String> delay(EntryId entry) {
        return fields(redis.get("XRANGE", NAMES.delays(), entry, entry).get(0).get(1));
    }

    @Override
    public EntryId putDelay(Map<String, String> fields) {
        return put(NAMES.delays(), fields);
    }

    @Override
    public void removeDelay(EntryId entry) {
        redis.ask("XDEL", NAMES.delays(), entry);
    }

    @Override
    public void acknowledgeDelay(EntryId entry) {
        redis.ask("XACK", NAMES.delays(), StreamNames.SCHEDULER, entry);
    }

    @Override
    public Map<JobId, Instant> timers() {
        Map<JobId, Instant> timers = new LinkedHashMap<>();
        for (Response job : redis.get("ZRANGE", NAMES.timers(), 0, -1)) {
            double millis = redis.get("ZSCORE", NAMES.timers(), job.toString()).toDouble();
            timers.put(JobId.parse(job.toString()), Instant.ofEpochMilli((long) millis));
        }
        return timers;
    }

    @Override
    public Set<JobId> timerJobs() {
        Set<JobId> jobs = new HashSet<>();
        redis.get("HKEYS", NAMES.timerJobs()).forEach(job -> jobs.add(JobId.parse(job.toString())));
        return jobs;
    }

    @Override
    public void setTimer(JobId job, Instant due) {
        redis.ask("ZADD", NAMES.timers(), due.toEpochMilli(), job);
    }

    @Override
    public String timerJob(JobId job) {
        return redis.get("HGET", NAMES.timerJobs(), job).toString();
    }

    @Override
    public void setTimerJob(JobId job, String text) {
        redis.ask("HSET", NAMES.timerJobs(), job, text);
    }

    @Override
    public void removeTimer(JobId job) {
        redis.ask("ZREM", NAMES.timers(), job);
    }

    @Override
    public void removeTimerJob(JobId job) {
        redis.ask("HDEL", NAMES.timerJobs(), job);
    }

    @Override
    public EntryId lastDelayed() {
        return lastDelivered(NAMES.delays());
    }

    @Override
    public EntryId lastDelivered(Lane lane) {
        return lastDelivered(NAMES.lane(lane));
    }

    private EntryId lastDelivered(String stream) {
        try {
            for (Response group : redis.get("XINFO", "GROUPS", stream)) {
                return EntryId.parse(group.get("last-delivered-id").toString());
            }
        } catch (StreamsUnavailable.Refused noStream) {
            return EntryId.ZERO;
        }
        return EntryId.ZERO;
    }

    @Override
    public @Nullable Marker marker(JobId job) {
        Response found = redis.ask("GET", key(job));
        if (found == null) {
            return null;
        }
        String[] parts = found.toString().split("\\|", -1);
        String[] position = parts[0].split("\\.", -1);
        return new Marker(
                Integer.parseInt(position[0]),
                Long.parseLong(position[1]),
                parts[1],
                parts[2].contains("-") ? EntryId.parse(parts[2]) : null,
                parts[3].contains("C"),
                life(job));
    }

    private @Nullable Duration life(JobId job) {
        long millis = redis.get("PTTL", key(job)).toLong();
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    @Override
    public List<Decoded> events() {
        return read(NAMES.events()).stream().map(EventCodec::decode).toList();
    }

    private List<StreamEntry> read(String stream) {
        List<StreamEntry> entries = new ArrayList<>();
        for (Response entry : redis.get("XRANGE", stream, "-", "+")) {
            entries.add(new StreamEntry(EntryId.parse(entry.get(0).toString()), fields(entry.get(1))));
        }
        return entries;
    }

    private static Map<String, String> fields(Response flat) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return fields;
    }

    @Override
    public void age(Lane lane, EntryId entry, Duration idle) {
        pending(lane).stream()
                .filter(one -> one.entry().equals(entry))
                .forEach(one -> redis.ask(
                        "XCLAIM",
                        NAMES.lane(lane),
                        GROUP,
                        one.consumer(),
                        0,
                        entry,
                        "IDLE",
                        idle.toMillis(),
                        "JUSTID"));
    }

    @Override
    public void gone(String consumer) {
        redis.ask("DEL", NAMES.workerPrefix() + consumer);
    }

    @Override
    public void flag(JobId job) {
        redis.ask("APPEND", key(job), "C");
    }

    @Override
    public EntryId put(Lane lane, Map<String, String> fields) {
        return put(NAMES.lane(lane), fields);
    }

    private EntryId put(String stream, Map<String, String> fields) {
        List<String> arguments = new ArrayList<>(List.of(stream, "*"));
        fields.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return EntryId.parse(redis.get("XADD", arguments.toArray()).toString());
    }

    @Override
    public Map<String, String> fields(Lane lane, EntryId entry) {
        return JobFields.named(
                lane,
                fields(redis.get("XRANGE", NAMES.lane(lane), entry, entry)
                        .get(0)
                        .get(1)));
    }

    @Override
    public void removeEntry(Lane lane, EntryId entry) {
        redis.ask("XDEL", NAMES.lane(lane), entry);
    }

    @Override
    public void acknowledge(Lane lane, EntryId entry) {
        redis.ask("XACK", NAMES.lane(lane), GROUP, entry);
    }

    @Override
    public void removeGroup(Lane lane) {
        redis.ask("XGROUP", "DESTROY", NAMES.lane(lane), GROUP);
    }

    @Override
    public void removeMarker(JobId job) {
        redis.ask("DEL", key(job));
    }

    @Override
    public void setMarker(JobId job, String text) {
        redis.ask("SET", key(job), text);
    }

    @Override
    public void loseAll() {
        redis.ask("FLUSHALL");
    }

    @Override
    public void fill(Lane lane, int entries) {
        Request add = Request.cmd(Command.XADD).arg(NAMES.lane(lane)).arg("*");
        Request one = add.arg("job").arg("none");
        for (int added = 0; added < entries; added += AT_ONCE) {
            redis.batch(Collections.nCopies(Math.min(AT_ONCE, entries - added), one));
        }
    }

    private static String key(JobId job) {
        return NAMES.markerPrefix() + job;
    }
}
