package dev.millrace.stream.jobs;

import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisJobStreamsRedisTest extends StreamContract {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    @Override
    public JobStreams streams(String consumer) {
        return REDIS.streams(consumer);
    }

    @Override
    public JobStreams connected(String consumer) {
        return REDIS.connected(consumer);
    }

    @Override
    public void cut(JobStreams streams) {
        REDIS.cut(streams);
    }

    @Override
    public TimerStreams timers(String scheduler) {
        return REDIS.timers(scheduler);
    }

    @Override
    public Probe probe() {
        return new RedisProbe(REDIS);
    }
}
