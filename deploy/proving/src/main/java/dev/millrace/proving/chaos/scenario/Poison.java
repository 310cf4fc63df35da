package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import dev.millrace.proving.checker.Limits;
import java.time.Duration;
import java.util.List;

/** A job that kills its worker is found and taken out, and those that ran beside it are not blamed. */
final class Poison implements Scenario {

    private static final int ONE_IN = 100;
    private static final int DEATHS = 3;

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String story() {
        return "3,000 jobs of 50 to 300 ms on 3 workers; one in a hundred ends the process that runs it";
    }

    @Override
    public Topology topology() {
        return Topology.workers(3);
    }

    @Override
    public Limits limits() {
        // A suspect waits until a worker has nothing else to run.
        long longest = Duration.ofMinutes(10).toMillis();
        return Limits.PROMISED.recoveringWithin(longest, longest);
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.submit(Load.work(size.jobs(3_000, 200), 100, 1, 1).of(Poison::job));
    }

    private static boolean kills(long n) {
        return n % ONE_IN == ONE_IN / 2;
    }

    private static String job(long n) {
        return kills(n) ? Load.job("chaos.poison", n, 20, "") : Load.job("chaos.work", n, Load.spread(n, 50, 300), "");
    }

    @Override
    public void judge(Platform platform, History history) {
        List<Row> poison =
                history.rows().stream().filter(row -> kills(row.number())).toList();
        List<Row> blamed = history.rows().stream()
                .filter(row -> !kills(row.number()) && !row.state().equals("SUCCEEDED"))
                .toList();
        List<Row> alive = poison.stream()
                .filter(row -> !row.error().equals("Quarantined"))
                .toList();
        long most = poison.stream().mapToLong(row -> deaths(row, history)).max().orElse(0);
        platform.figure("poison", poison.size());
        platform.figure("mostDeathsOfOne", most);
        platform.require(blamed.isEmpty(), "I14: blamed without fault: " + blamed);
        platform.require(alive.isEmpty(), "I14: poison that was not taken out: " + alive);
        platform.require(most <= DEATHS, "I14: a job killed %d workers".formatted(most));
    }

    private static long deaths(Row row, History history) {
        return history.executions().stream()
                .filter(run -> run.job().equals(row.job()) && !run.stopped())
                .count();
    }
}
