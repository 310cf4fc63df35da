package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.List;

/** Redis loses everything: PostgreSQL knows what was accepted, and it is enqueued again. */
final class RedisEmptied implements Scenario {

    private static final int WORKERS = 2;
    private static final int PER_SECOND = 100;
    private static final Duration BETWEEN = Duration.ofSeconds(20);
    private static final Duration BACK = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "redis-emptied";
    }

    @Override
    public String story() {
        return "8,000 jobs of 0.1 to 0.5 s, a third of them for later; FLUSHALL in the middle, three times";
    }

    @Override
    public Topology topology() {
        return Topology.workers(WORKERS);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(8_000, 1_500), PER_SECOND, 100, 500).of(RedisEmptied::job));
        long[] slowest = {0};
        platform.whileBusy(BETWEEN, size.pick(3, 1), round -> slowest[0] = Math.max(slowest[0], empty(platform)));
        platform.figure("slowestFirstStartMs", slowest[0]);
        platform.require(
                slowest[0] <= BACK.toMillis(),
                "After a FLUSHALL the next job started %d ms later".formatted(slowest[0]));
    }

    private static String job(long n) {
        String later = n % 3 == 0 ? ",\"delay\":\"PT" + Load.spread(n, 1, 15) + "S\"" : "";
        return Load.job("chaos.work", n, Load.spread(n, 100, 500), later);
    }

    /** From the loss to the next start of a job, in milliseconds. */
    private static long empty(Platform platform) {
        long at = platform.time().now();
        platform.emptyRedis();
        // What was running goes on, and what was in a worker's hands may still start: the epoch tells the new from the
        // old.
        long before = newest(platform.journal().executions());
        platform.time().until(BACK, () -> newest(platform.journal().executions()) > before);
        return platform.time().now() - at;
    }

    private static long newest(List<Execution> executions) {
        return executions.stream().mapToLong(one -> one.token() >>> 48).max().orElse(0);
    }
}
