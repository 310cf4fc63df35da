package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;

/** Redis appends to its file each second, and loses what it answered since: that runs again. */
final class RedisKilled implements Scenario {

    private static final int PER_SECOND = 150;
    private static final int WORKERS = 2;
    private static final Duration BETWEEN = Duration.ofSeconds(15);
    private static final Duration AWAY = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "redis-killed";
    }

    @Override
    public String story() {
        return "15,000 jobs of 50 to 200 ms, 150 a second; Redis is killed with -9 five times and starts again from its file";
    }

    @Override
    public Topology topology() {
        return Topology.workers(WORKERS);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(15_000, 3_000), PER_SECOND, 50, 200));
        platform.whileBusy(BETWEEN, size.pick(5, 1), round -> platform.killRedis(AWAY));
        platform.figure("repeatedCalls", platform.clients().submits().repeatedCalls());
    }
}
