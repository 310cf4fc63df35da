package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.stage.Cast;
import dev.millrace.proving.chaos.stage.Stage;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A full Redis refuses new jobs, which wait in PostgreSQL, and nothing else: so it empties itself. */
final class RedisFull implements Scenario {

    private static final Pattern REFUSALS = Pattern.compile("errorstat_OOM:count=(\\d+)");
    private static final String PADDING = "x".repeat(1_024);
    private static final Duration SUBMITTED = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "redis-full";
    }

    @Override
    public String story() {
        return "16,000 jobs of 50 to 150 ms with 1 KiB each, faster than they run, into a Redis of 12 MB, which fills up";
    }

    @Override
    public Cast cast() {
        // Events for clients that come back are kept in proportion to this small Redis.
        return Cast.workers(2).withRedis("--maxmemory", "12mb").with("MILLRACE_PROJECTION_KEEP_BYTES", "2000000");
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(6);
    }

    @Override
    public void play(Stage stage, Size size) {
        int jobs = size.jobs(16_000, 12_000);
        stage.faults().inflicted("Redis has 12 MB", 0, 0);
        stage.submit(Load.work(jobs, 600, 50, 150).inCallsOf(50).of(RedisFull::job));
        stage.time().until(SUBMITTED, () -> stage.clients().submits().count() == jobs);
        long refusals = stage.askRedis("INFO", "errorstats").map(RedisFull::refusals).orElse(0L);
        stage.figure("refusedByRedis", refusals);
        stage.require(refusals > 0, "Redis was never full: nothing was tried");
        int repeated = stage.clients().submits().repeatedCalls();
        stage.require(repeated == 0, "I30: %d submits were not answered 202 while Redis was full".formatted(repeated));
    }

    private static String job(long n) {
        return Load.job("chaos.work", n, Load.spread(n, 50, 150), ",\"metadata\":{\"padding\":\"" + PADDING + "\"}");
    }

    private static long refusals(String info) {
        Matcher found = REFUSALS.matcher(info);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
