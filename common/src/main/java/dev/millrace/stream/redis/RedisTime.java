package dev.millrace.stream.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;

/** Redis's clock: that of leases, timers, and the ids of entries. */
public final class RedisTime {

    private static final int NANOS_PER_MICRO = 1_000;

    private final RedisLink link;

    public RedisTime(RedisLink link) {
        this.link = link;
    }

    /** To the microsecond; asks Redis each time. */
    public Instant now() {
        Response time = Replies.present(link.call(Requests.of(Command.TIME)));
        long micros = time.get(1).toLong();
        return Instant.ofEpochSecond(time.get(0).toLong(), micros * NANOS_PER_MICRO);
    }
}
