package dev.millrace.stream.groups;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.EntryCodec;
import dev.millrace.stream.entries.Lane;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells which jobs a worker has in its hands, be they running, waiting for a slot, or ended and not settled yet. */
public final class HeldEntries {

    private static final int MOST = 1_000;

    private final RedisLink link;
    private final StreamNames names;

    public HeldEntries(RedisLink link, StreamNames names) {
        this.link = link;
        this.names = names;
    }

    /**
     * Those of these queues, up to 1,000 of each lane; one that is settled meanwhile may be missing. Two calls for a lane.
     *
     * @param worker its id, which is its name as a consumer
     */
    public Set<JobId> by(String worker, Collection<QueueName> queues) {
        Set<JobId> held = new LinkedHashSet<>();
        for (Lane lane : Backlogs.lanesOf(queues)) {
            held.addAll(jobs(lane, entries(lane, worker)));
        }
        return held;
    }

    private List<String> entries(Lane lane, String worker) {
        List<String> entries = new ArrayList<>();
        for (Response pending : pending(lane, worker)) {
            entries.add(pending.get(0).toString());
        }
        return entries;
    }

    /** No lane, or no worker that ever looked at it, is nothing held. */
    private Iterable<Response> pending(Lane lane, String worker) {
        try {
            return Replies.present(link.call(
                    Requests.of(Command.XPENDING, names.lane(lane), StreamNames.WORKERS, "-", "+", MOST, worker)));
        } catch (StreamsUnavailable.Refused noSuchLane) {
            return List.of();
        }
    }

    private List<JobId> jobs(Lane lane, List<String> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<Request> asked = entries.stream()
                .map(entry -> Requests.of(Command.XRANGE, names.lane(lane), entry, entry))
                .toList();
        return link.batch(asked).stream()
                .flatMap(found -> Replies.entries(found).stream())
                .map(entry -> EntryCodec.job(entry.fields()))
                .flatMap(Optional::stream)
                .toList();
    }
}
