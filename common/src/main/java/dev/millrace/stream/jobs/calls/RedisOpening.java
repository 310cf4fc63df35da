package dev.millrace.stream.jobs.calls;

import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.RedisEpoch;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.stream.redis.ServerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@link RedisEpoch} by functions, and by what the server says of itself. */
final class RedisOpening implements RedisEpoch {

    private final Caller caller;

    RedisOpening(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Instant time() {
        return new RedisTime(caller.link()).now();
    }

    @Override
    public Duration uptime() {
        String seconds = ServerInfo.of(caller.link(), "server").getOrDefault("uptime_in_seconds", "0");
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    @Override
    public int epoch() {
        return caller.function("mr_epoch_1").on(caller.link()).toInteger();
    }

    @Override
    public void bless(int epoch) {
        caller.function("mr_bless_1").arg(epoch).on(caller.link());
    }

    @Override
    public void markEnded(List<EndedRun> runs) {
        FunctionCall call = new FunctionCall("mr_ended_1");
        for (EndedRun run : runs) {
            Arguments.ended(call, caller.names(), run);
        }
        call.on(caller.link());
    }
}
