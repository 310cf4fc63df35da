package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import dev.millrace.proving.chaos.verdict.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Jobs for later outlive every scheduler, and never start before their time. */
final class SchedulersKilled implements Scenario {

    private static final int PER_SECOND = 100;
    private static final Duration BETWEEN = Duration.ofSeconds(8);

    /** What a dead scheduler was given and had not held is taken over after 30 s. */
    private static final Duration LATEST = Duration.ofSeconds(40);

    private volatile long began;

    @Override
    public String name() {
        return "schedulers-killed";
    }

    @Override
    public String story() {
        return "8,000 jobs, each for a time 5 to 40 s away, and 3 schedulers, one of which is killed with -9 every 8 s";
    }

    @Override
    public Topology topology() {
        return Topology.workers(2).withSchedulers(3);
    }

    @Override
    public void run(Platform platform, Size size) {
        began = platform.time().now();
        platform.submit(Load.work(size.jobs(8_000, 1_500), PER_SECOND, 1, 1).of(this::job));
        platform.whileBusy(
                BETWEEN,
                size.pick(15, 3),
                round -> platform.whenAllAreReady(platform.schedulers(), round).kill());
    }

    private String job(long n) {
        return Load.job("chaos.work", n, 1, ",\"runAt\":\"" + Instant.ofEpochMilli(due(n)) + "\"");
    }

    private long due(long n) {
        return began + n * 1_000 / PER_SECOND + Load.spread(n, 5_000, 40_000);
    }

    @Override
    public void judge(Platform platform, History history) {
        Map<String, Long> numbers = new HashMap<>();
        history.accepted().forEach((number, accepted) -> numbers.put(accepted.job(), number));
        Spread late = new Spread(
                history.executions().stream().map(run -> lateness(run, numbers)).toList());
        long early = late.sorted().stream().filter(ms -> ms < 0).count();
        platform.figure("lateP50Ms", late.percentile(50));
        platform.figure("lateP99Ms", late.percentile(99));
        platform.figure("lateMaxMs", late.longest());
        platform.require(
                early == 0,
                "I19: %d jobs started before their time, the first by %d ms"
                        .formatted(
                                early,
                                late.sorted().isEmpty() ? 0 : -late.sorted().getFirst()));
        platform.require(late.longest() <= LATEST.toMillis(), "A job started %d ms late".formatted(late.longest()));
    }

    private long lateness(Execution run, Map<String, Long> numbers) {
        return run.startedAt() - due(numbers.getOrDefault(run.job(), 0L));
    }
}
