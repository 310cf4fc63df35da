package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Counts what lies in the lanes of queues. Three short calls at most for a lane; the counts are of about one moment. */
public final class Backlogs {

    private static final Backlog NOTHING = new Backlog(0, 0, Optional.empty());

    private final RedisLink link;
    private final StreamNames names;

    /**
     * What lies in one lane.
     *
     * @param ready entries that no worker was given yet
     * @param held entries that a worker holds, running or not
     * @param oldest of those that are ready; its time says since when
     */
    public record Backlog(long ready, long held, Optional<EntryId> oldest) {}

    public Backlogs(RedisLink link, StreamNames names) {
        this.link = link;
        this.names = names;
    }

    /** The lanes of a queue: its bands in order, then its suspects. */
    public static List<Lane> lanesOf(QueueName queue) {
        return Lane.all(queue);
    }

    /** The lanes of all these queues. */
    public static List<Lane> lanesOf(Collection<QueueName> queues) {
        List<Lane> lanes = new ArrayList<>();
        queues.forEach(queue -> lanes.addAll(lanesOf(queue)));
        return lanes;
    }

    /**
     * What lies in each of these lanes, in three trips however many they are. Length and group of a lane are asked for in one
     * breath, so that entries that come and go meanwhile count once.
     */
    public Map<Lane, Backlog> of(Collection<Lane> lanes) {
        List<Lane> filled = filled(List.copyOf(lanes));
        Map<Lane, Backlog> found = new LinkedHashMap<>();
        lanes.forEach(lane -> found.put(lane, NOTHING));
        if (filled.isEmpty()) {
            return found;
        }
        try {
            found.putAll(lookedAt(filled));
        } catch (StreamsUnavailable.Refused oneIsNoStreamAnyMore) {
            filled.forEach(lane -> found.put(lane, of(lane)));
        }
        return found;
    }

    private List<Lane> filled(List<Lane> lanes) {
        List<Response> lengths = lanes.isEmpty() ? List.of() : link.batch(each(lanes, this::length));
        return IntStream.range(0, lanes.size())
                .filter(i -> lengths.get(i).toLong() > 0)
                .mapToObj(lanes::get)
                .toList();
    }

    private Map<Lane, Backlog> lookedAt(List<Lane> lanes) {
        List<Request> asked = new ArrayList<>();
        for (Lane lane : lanes) {
            asked.add(length(lane));
            asked.add(Requests.of(Command.XINFO, "GROUPS", names.lane(lane)));
        }
        List<Response> answers = link.batch(asked);
        Map<Lane, Backlog> found = new LinkedHashMap<>();
        Map<Lane, EntryId> delivered = new LinkedHashMap<>();
        for (int i = 0; i < lanes.size(); i++) {
            Optional<GroupInfo> workers = GroupInfo.among(answers.get(2 * i + 1), StreamNames.WORKERS);
            long all = answers.get(2 * i).toLong();
            long held = Math.min(all, workers.map(GroupInfo::pending).orElse(0L));
            found.put(lanes.get(i), new Backlog(all - held, held, Optional.empty()));
            if (all > held) {
                delivered.put(lanes.get(i), workers.map(GroupInfo::delivered).orElse(EntryId.ZERO));
            }
        }
        addOldest(found, delivered);
        return found;
    }

    private void addOldest(Map<Lane, Backlog> found, Map<Lane, EntryId> delivered) {
        if (delivered.isEmpty()) {
            return;
        }
        List<Lane> lanes = List.copyOf(delivered.keySet());
        List<Response> next = link.batch(each(lanes, lane -> next(lane, delivered.getOrDefault(lane, EntryId.ZERO))));
        for (int i = 0; i < lanes.size(); i++) {
            Optional<EntryId> oldest =
                    Replies.entries(next.get(i)).stream().map(StreamEntry::id).findFirst();
            found.computeIfPresent(lanes.get(i), (lane, known) -> new Backlog(known.ready(), known.held(), oldest));
        }
    }

    private static List<Request> each(List<Lane> lanes, Function<Lane, Request> request) {
        return lanes.stream().map(request).toList();
    }

    private Request length(Lane lane) {
        return Requests.of(Command.XLEN, names.lane(lane));
    }

    private Request next(Lane lane, EntryId delivered) {
        return Requests.of(Command.XRANGE, names.lane(lane), "(" + delivered, "+", List.of("COUNT", 1));
    }

    public Backlog of(Lane lane) {
        Response length = link.call(length(lane));
        long all = length == null ? 0 : length.toLong();
        return all == 0 ? NOTHING : behind(lane, all);
    }

    private Backlog behind(Lane lane, long all) {
        Optional<GroupInfo> workers = GroupInfo.of(link, names.lane(lane), StreamNames.WORKERS);
        long held = Math.min(all, workers.map(GroupInfo::pending).orElse(0L));
        EntryId delivered = workers.map(GroupInfo::delivered).orElse(EntryId.ZERO);
        return new Backlog(all - held, held, all == held ? Optional.empty() : after(lane, delivered));
    }

    private Optional<EntryId> after(Lane lane, EntryId delivered) {
        return Replies.entries(link.call(next(lane, delivered))).stream()
                .map(StreamEntry::id)
                .findFirst();
    }
}
