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
    public Topology cast() {
        return Topology.workers(WORKERS).withLinks();
    }

    @Override
    public void play(Platform stage, Size size) {
        stage.submit(Load.work(size.jobs(9_000, 3_400), 40, 20, 100));
        long slowest = 0;
        for (FaultProxy link :
                List.of(stage.servers().redisLink(), stage.servers().postgresLink())) {
            for (Trouble trouble : troubles) {
                slowest = Math.max(slowest, endure(stage, link, trouble, Duration.ofSeconds(size.pick(20, 3))));
            }
            slowest = Math.max(slowest, resets(stage, link));
        }
        stage.figure("slowestToGoOnMs", slowest);
        stage.require(
                slowest <= GOES_ON.toMillis(),
                "I34: after a trouble the next job started %d ms later".formatted(slowest));
    }

    private static long endure(Platform stage, FaultProxy link, Trouble trouble, Duration time) {
        stage.time().rest(WELL);
        stage.require(stage.busy(), "All jobs had ended before the troubles were over");
        String what = trouble.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        stage.faults().inflicted(Fault.Kind.CUT, link.name() + " link: " + what, 0);
        link.trouble(trouble);
        try {
            stage.time().rest(time);
        } finally {
            link.trouble(Trouble.NONE);
            stage.faults().over(Fault.Kind.CUT, 0);
        }
        return untilAStart(stage);
    }

    private static long resets(Platform stage, FaultProxy link) {
        stage.faults().inflicted(Fault.Kind.CUT, link.name() + " link: reset", 0);
        for (int i = 0; i < RESETS; i++) {
            link.reset();
            stage.time().rest(Duration.ofSeconds(1));
        }
        stage.faults().over(Fault.Kind.CUT, 0);
        return untilAStart(stage);
    }

    /** From now to the next start of a job, in milliseconds. */
    private static long untilAStart(Platform stage) {
        long now = stage.time().now();
        stage.time()
                .until(
                        LONGEST_LOOK,
                        () -> !stage.busy() || startsAfter(stage.journal().executions(), now));
        return stage.time().now() - now;
    }

    private static boolean startsAfter(List<Execution> executions, long now) {
        return !executions.isEmpty() && executions.getLast().startedAt() > now;
    }
}
