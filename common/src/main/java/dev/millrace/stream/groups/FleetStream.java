package dev.millrace.stream.groups;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** Writes events to the fleet stream. The api trims it; should no api run, it is kept at about 100,000 entries. */
public final class FleetStream {

    private static final int MOST = 100_000;

    private final RedisLink link;

    public FleetStream(RedisLink link) {
        this.link = link;
    }

    /** In this order, in one go. */
    public void publish(List<WorkerEvent> events) {
        link.batch(events.stream().map(FleetStream::add).toList());
    }

    private static Request add(WorkerEvent event) {
        return Requests.of(Command.XADD, StreamNames.fleet(), "MAXLEN", "~", MOST, "*", FleetCodec.encodeFlat(event));
    }
}
