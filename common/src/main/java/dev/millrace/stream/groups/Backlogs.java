package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

    public Backlog of(Lane lane) {
        Response length = link.call(Requests.of(Command.XLEN, names.lane(lane)));
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
        Response next =
                link.call(Requests.of(Command.XRANGE, names.lane(lane), "(" + delivered, "+", List.of("COUNT", 1)));
        return Replies.entries(next).stream().map(StreamEntry::id).findFirst();
    }
}
