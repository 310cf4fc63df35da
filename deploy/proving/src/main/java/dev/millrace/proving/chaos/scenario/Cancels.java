package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.history.Execution;
import dev.millrace.proving.chaos.history.History;
import dev.millrace.proving.chaos.history.Row;
import dev.millrace.proving.chaos.load.Cancel;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A cancel races the start, the end, the retry and the release of its job: one wins, and everybody says the same. */
final class Cancels implements Scenario {

    /** A run that was granted before the cancel may write down its start a little after the answer. */
    private static final long GRANTED_BEFORE_MS = 1_000;

    private static final Cancel NONE = new Cancel("", 0, 0, 0);

    @Override
    public String name() {
        return "cancels";
    }

    @Override
    public String story() {
        return "6,000 jobs that run, fail and wait for their time, each cancelled 0 to 1.5 s after it was accepted";
    }

    @Override
    public Topology topology() {
        return Topology.workers(2);
    }

    @Override
    public void run(Platform platform, Size size) {
        platform.clients()
                .submits()
                .whenAccepted((number, job) -> Thread.ofVirtual().start(() -> cancel(platform, number, job)));
        platform.submit(Load.work(size.jobs(6_000, 600), 60, 1, 1).inCallsOf(1).of(Cancels::job));
        platform.faults().inflicted(Fault.Kind.OTHER, "each job is cancelled", 0);
    }

    private static String job(long n) {
        return switch ((int) (n % 4)) {
            case 0 -> Load.job("chaos.work", n, Load.spread(n, 10, 800), "");
            case 1 -> "{\"task\":\"chaos.frail\",\"payload\":{\"n\":%d,\"ms\":50,\"failures\":3}}".formatted(n);
            case 2 -> Load.job("chaos.work", n, 50, ",\"delay\":\"PT" + Load.spread(n, 1, 12) / 10.0 + "S\"");
            default -> Load.job("chaos.work", n, Load.spread(n, 500, 3_000), "");
        };
    }

    private void cancel(Platform platform, long number, String job) {
        platform.time().rest(Duration.ofMillis(Load.spread(number + 7, 0, 1_500)));
        platform.clients().cancel(job);
    }

    @Override
    public void judge(Platform platform, History history) {
        Map<String, Cancel> told = history.cancels().stream().collect(Collectors.toMap(Cancel::job, one -> one));
        Map<Integer, Long> answers =
                told.values().stream().collect(Collectors.groupingBy(Cancel::status, Collectors.counting()));
        platform.figure("answers", answers);
        // None, or a 503 of an overrun PostgreSQL, leaves it open.
        answers.keySet().stream()
                .filter(status -> !List.of(0, 200, 202, 409, 503).contains(status))
                .forEach(status -> platform.require(false, "A cancel was answered " + status));
        history.rows().forEach(row -> agree(platform, row, told.getOrDefault(row.job(), NONE)));
        history.executions().forEach(run -> startsBefore(platform, run, told.getOrDefault(run.job(), NONE)));
    }

    private static void agree(Platform platform, Row row, Cancel cancel) {
        boolean cancelled = row.state().equals("CANCELLED");
        platform.require(
                cancel.status() != 200 || cancelled,
                "I17: %s was told to be cancelled, and is %s".formatted(row.job(), row.state()));
        platform.require(
                cancel.status() != 409 || !cancelled,
                "I17: %s was told to have ended before, and is CANCELLED".formatted(row.job()));
    }

    private static void startsBefore(Platform platform, Execution run, Cancel cancel) {
        long late = run.startedAt() - cancel.done();
        boolean waiting = cancel.status() == 200 && late > 0;
        boolean running = cancel.status() == 202 && late > GRANTED_BEFORE_MS;
        platform.require(
                !waiting && !running,
                "I16: %s started %d ms after its cancel was answered %d".formatted(run.job(), late, cancel.status()));
    }
}
