package dev.millrace.stream;

import dev.millrace.fleet.WorkerNews;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** Writes news to the fleet stream. The api trims it; should no api run, it is kept at about 100,000 entries. */
public final class FleetStream {

    private static final int MOST = 100_000;

    private final RedisLink link;

    public FleetStream(RedisLink link) {
        this.link = link;
    }

    /** In this order, in one go. */
    public void publish(List<WorkerNews> news) {
        link.batch(news.stream().map(FleetStream::add).toList());
    }

    private static Request add(WorkerNews news) {
        return Requests.of(Command.XADD, StreamNames.fleet(), "MAXLEN", "~", MOST, "*", FleetCodec.encodeFlat(news));
    }
}
