package dev.millrace.stream.jobs.calls;

import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupInfo;
import dev.millrace.stream.groups.GroupInfo.ConsumerInfo;
import dev.millrace.stream.groups.Groups;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds entries of lanes outside the functions: by waiting for one, or by looking for what is pending for us. */
final class LaneReader {

    private static final String WRONGTYPE = "WRONGTYPE";

    private final RedisLink link;
    private final RedisLink blocking;
    private final StreamNames names;
    private final String consumer;
    private final MistypedKeys mistyped;

    /** An entry as Redis holds it, possibly not readable as a job. */
    record Raw(Lane lane, EntryId entry, int delivery, Map<String, String> fields) {

        /** The lane that a handback brings it to; a suspect, or one without a proper band, stays where it lies. */
        Lane target() {
            return Lane.all(lane.queue()).stream()
                    .filter(one -> !lane.isSuspect() && one.label().equals(fields.get("band")))
                    .findFirst()
                    .orElse(lane);
        }
    }

    LaneReader(RedisLink link, RedisLink blocking, StreamNames names, String consumer) {
        this.link = link;
        this.blocking = blocking;
        this.names = names;
        this.consumer = consumer;
        this.mistyped = new MistypedKeys(link);
    }

    /** Waits for entries of the bands of these queues, up to {@code n} of each. */
    List<Raw> await(List<QueueName> queues, int n, Duration atMost) {
        Map<String, Lane> lanes = new LinkedHashMap<>();
        for (QueueName queue : queues) {
            Lane.all(queue).stream()
                    .filter(lane -> !lane.isSuspect())
                    .forEach(lane -> lanes.put(names.lane(lane), lane));
        }
        return read(lanes, n, atMost);
    }

    private List<Raw> read(Map<String, Lane> lanes, int n, Duration atMost) {
        List<Raw> found = new ArrayList<>();
        withGroups(List.copyOf(lanes.keySet()), n, atMost).forEach((key, entries) -> {
            Lane lane = lanes.get(key);
            if (lane != null) {
                entries.forEach(entry -> found.add(new Raw(lane, entry.id(), 1, entry.fields())));
            }
        });
        return found;
    }

    private Map<String, List<StreamEntry>> withGroups(List<String> keys, int n, Duration atMost) {
        try {
            return Replies.ofStreams(blocking.call(readRequest(keys, n, atMost), atMost));
        } catch (StreamsUnavailable.Refused refused) {
            return switch (refused.code()) {
                case StreamsUnavailable.NO_GROUP -> {
                    mistyped.without(keys).forEach(key -> Groups.createAtStart(link, key, StreamNames.WORKERS));
                    yield Map.of();
                }
                case WRONGTYPE -> withoutMistyped(keys, n, atMost, refused);
                default -> throw refused;
            };
        }
    }

    private Request readRequest(List<String> keys, int n, Duration atMost) {
        List<?> how =
                List.of("GROUP", StreamNames.WORKERS, consumer, "COUNT", n, "BLOCK", atMost.toMillis(), "STREAMS");
        return Requests.of(
                Command.XREADGROUP, how, keys, keys.stream().map(key -> ">").toList());
    }

    /** One key that somebody overwrote must not keep us from the others. */
    private Map<String, List<StreamEntry>> withoutMistyped(
            List<String> keys, int n, Duration atMost, StreamsUnavailable.Refused refused) {
        List<String> streams = mistyped.without(keys);
        if (streams.size() == keys.size()) {
            throw refused;
        }
        return streams.isEmpty() ? Map.of() : withGroups(streams, n, atMost);
    }

    /** Which of these queues are paused. */
    Set<QueueName> paused(List<QueueName> queues) {
        Set<QueueName> paused = new HashSet<>();
        for (QueueName queue : queues) {
            Response exists = link.call(Requests.of(Command.EXISTS, names.paused(queue)));
            if (exists != null && exists.toInteger() == 1) {
                paused.add(queue);
            }
        }
        return paused;
    }

    /** What is pending for this consumer, unknown to it and idle: the reply that brought it was lost. */
    List<Raw> strays(QueueName queue, Set<EntryKey> known, Duration idle, int most) {
        List<Raw> strays = new ArrayList<>();
        for (Lane lane : Lane.all(queue)) {
            for (Response pending : pendingForUs(lane, idle, most + known.size())) {
                EntryId id = EntryId.parse(pending.get(0).toString());
                if (strays.size() < most && !known.contains(new EntryKey(lane, id))) {
                    strays.add(new Raw(lane, id, pending.get(3).toInteger(), body(lane, id)));
                }
            }
        }
        return strays;
    }

    private Iterable<Response> pendingForUs(Lane lane, Duration idle, int most) {
        try {
            Response pending = link.call(Requests.of(
                    Command.XPENDING,
                    names.lane(lane),
                    StreamNames.WORKERS,
                    List.of("IDLE", idle.toMillis(), "-", "+", most, consumer)));
            return pending == null ? List.of() : pending;
        } catch (StreamsUnavailable.Refused noGroup) {
            return List.of();
        }
    }

    /** How many entries of a lane no worker was given yet. */
    long undelivered(Lane lane) {
        long all = length(lane).orElse(0);
        return all == 0 ? 0 : all - pending(lane);
    }

    /** How many entries a lane has; empty if its key holds something else than a stream. */
    OptionalLong length(Lane lane) {
        try {
            Response length = link.call(Requests.of(Command.XLEN, names.lane(lane)));
            return OptionalLong.of(length == null ? 0 : length.toLong());
        } catch (StreamsUnavailable.Refused refused) {
            if (!refused.code().equals(WRONGTYPE)) {
                throw refused;
            }
            mistyped.without(List.of(names.lane(lane)));
            return OptionalLong.empty();
        }
    }

    private long pending(Lane lane) {
        try {
            Response summary = link.call(Requests.of(Command.XPENDING, names.lane(lane), StreamNames.WORKERS));
            return summary == null ? 0 : summary.get(0).toLong();
        } catch (StreamsUnavailable.Refused noGroup) {
            return 0;
        }
    }

    /** The consumers of a lane's group; none if there is no such lane. */
    List<String> consumersOf(Lane lane) {
        return GroupInfo.consumers(link, names.lane(lane), StreamNames.WORKERS).stream()
                .map(ConsumerInfo::name)
                .toList();
    }

    private Map<String, String> body(Lane lane, EntryId id) {
        @Nullable Response found = link.call(Requests.of(Command.XRANGE, names.lane(lane), id, id));
        List<StreamEntry> entries = Replies.entries(found);
        return entries.isEmpty() ? Map.of() : entries.getFirst().fields();
    }
}
