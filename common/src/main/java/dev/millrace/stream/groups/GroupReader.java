package dev.millrace.stream.groups;

import dev.millrace.job.EntryId;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Replies;
import dev.millrace.stream.redis.Requests;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as one consumer of a shared group: each entry goes to one consumer, and stays pending for it until it
 * is acknowledged. The group is made at the stream's start when it is missing, so nothing that was written before it is
 * skipped. Needs a link of its own, since it blocks.
 */
public final class GroupReader {

    private static final Set<String> GONE = Set.of(StreamsUnavailable.NO_GROUP, StreamsUnavailable.UNBLOCKED);

    private final RedisLink link;
    private final String stream;
    private final String group;
    private final String consumer;

    public GroupReader(RedisLink link, String stream, String group, String consumer) {
        this.link = link;
        this.stream = stream;
        this.group = group;
        this.consumer = consumer;
    }

    /** Waits up to {@code block} for entries that no consumer was given yet. */
    public List<StreamEntry> read(int max, Duration block) {
        Request request = Requests.of(
                Command.XREADGROUP,
                List.of("GROUP", group, consumer, "COUNT", max, "BLOCK", block.toMillis(), "STREAMS", stream, ">"));
        return Replies.ofOneStream(withGroup(() -> link.call(request, block)));
    }

    /** What this consumer was given before and has not acknowledged, the oldest first. */
    public List<StreamEntry> own(int max) {
        Request request = Requests.of(
                Command.XREADGROUP, List.of("GROUP", group, consumer, "COUNT", max, "STREAMS", stream, "0"));
        return Replies.ofOneStream(withGroup(() -> link.call(request)));
    }

    /** Takes over entries that have been pending for longer than {@code idle}, whoever was given them. */
    public List<StreamEntry> claim(int max, Duration idle) {
        Request request =
                Requests.of(Command.XAUTOCLAIM, stream, group, consumer, idle.toMillis(), "0-0", "COUNT", max);
        Response reply = withGroup(() -> link.call(request));
        return reply == null ? List.of() : Replies.entries(reply.get(1));
    }

    public void acknowledge(List<EntryId> entries) {
        if (entries.isEmpty()) {
            return;
        }
        link.call(Requests.of(Command.XACK, stream, group, entries));
    }

    private @Nullable Response withGroup(Supplier<@Nullable Response> call) {
        try {
            return call.get();
        } catch (StreamsUnavailable.Refused refused) {
            if (refused.code().equals("WRONGTYPE")) {
                throw new StreamsUnavailable(
                        "Redis key " + stream + " is no stream: somebody overwrote it. Nothing is read from it until it"
                                + " is deleted.",
                        refused);
            }
            if (!GONE.contains(refused.code())) {
                throw refused;
            }
            Groups.createAtStart(link, stream, group);
            return call.get();
        }
    }
}
