package dev.millrace.testkit.fake;

import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.contract.StreamContract;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;

class FakeRedisTest extends StreamContract {

    private FakeRedis redis = new FakeRedis(InstantSource.system());

    @BeforeEach
    void opens() {
        redis = new FakeRedis(InstantSource.system());
        redis.streams("opener").bless(1);
    }

    @Override
    public JobStreams streams(String consumer) {
        return redis.streams(consumer);
    }

    @Override
    public JobStreams connected(String consumer) {
        return redis.streams(consumer);
    }

    @Override
    public void cut(JobStreams streams) {
        redis.cut(streams);
    }

    @Override
    public TimerStreams timers(String scheduler) {
        return redis.timers(scheduler);
    }

    @Override
    public Probe probe() {
        return redis.probe();
    }
}
