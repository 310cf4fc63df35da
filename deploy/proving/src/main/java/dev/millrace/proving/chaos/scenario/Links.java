package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.fault.FaultProxy;
import dev.millrace.proving.chaos.fault.Trouble;
import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Whatever happens to the links to Redis and PostgreSQL, everything goes on once they are well again. */
final class Links implements Scenario {

    private static final int WORKERS = 2;
    private static final int RESETS = 5;
    private static final Duration WELL = Duration.ofSeconds(5);
    private static final Duration GOES_ON = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    private final List<Trouble> troubles = List.of(
            new Trouble.Slow(Duration.ofMillis(100), Duration.ofMillis(50), 200_000),
            new Trouble.Cut(),
            new Trouble.HalfOpen(),
            new Trouble.RepliesLost());

    @Override
    public String name() {
        return "links";
    }

    @Override
    public String story() {
        return "jobs of 20 to 100 ms, 40 a second, while the links to Redis and PostgreSQL are slow, cut, half-open, lose replies"
                + " and are reset";
    }

    @Override
    public Topology topology() {
        return Topology.workers(WORKERS).withLinks();
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(9_000, 3_400), 40, 20, 100));
        long slowest = 0;
        for (FaultProxy link :
                List.of(platform.servers().redisLink(), platform.servers().postgresLink())) {
            for (Trouble trouble : troubles) {
                slowest = Math.max(slowest, endure(platform, link, trouble, Duration.ofSeconds(size.pick(20, 3))));
            }
            slowest = Math.max(slowest, resets(platform, link));
        }
        platform.figure("slowestToGoOnMs", slowest);
        platform.require(
                slowest <= GOES_ON.toMillis(),
                "I34: after a trouble the next job started %d ms later".formatted(slowest));
    }

    private static long endure(Platform platform, FaultProxy link, Trouble trouble, Duration time) {
        platform.time().rest(WELL);
        platform.require(platform.busy(), "All jobs had ended before the troubles were over");
        String what = trouble.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        platform.faults().inflicted(Fault.Kind.CUT, link.name() + " link: " + what, 0);
        link.trouble(trouble);
        try {
            platform.time().rest(time);
        } finally {
            link.trouble(Trouble.NONE);
            platform.faults().over(Fault.Kind.CUT, 0);
        }
        return untilAStart(platform);
    }

    private static long resets(Platform platform, FaultProxy link) {
        platform.faults().inflicted(Fault.Kind.CUT, link.name() + " link: reset", 0);
        for (int i = 0; i < RESETS; i++) {
            link.reset();
            platform.time().rest(Duration.ofSeconds(1));
        }
        platform.faults().over(Fault.Kind.CUT, 0);
        return untilAStart(platform);
    }

    /** From now to the next start of a job, in milliseconds. */
    private static long untilAStart(Platform platform) {
        long now = platform.time().now();
        platform.time()
                .until(
                        LONGEST_LOOK,
                        () -> !platform.busy() || startsAfter(platform.journal().executions(), now));
        return platform.time().now() - now;
    }

    private static boolean startsAfter(List<Execution> executions, long now) {
        return !executions.isEmpty() && executions.getLast().startedAt() > now;
    }
}
