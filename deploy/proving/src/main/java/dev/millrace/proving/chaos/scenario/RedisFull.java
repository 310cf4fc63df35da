package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.stage.Cast;
import dev.millrace.proving.chaos.stage.Stage;
import java.time.Duration;

/** A full Redis refuses new jobs, which wait in PostgreSQL, and nothing else: so it empties itself. */
final class RedisFull implements Scenario {

    private static final String PADDING = "x".repeat(1_024);
    private static final Duration SUBMITTED = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "redis-full";
    }

    @Override
    public String story() {
        return "12,000 jobs of 0.1 to 0.3 s with 1 KiB each, faster than they run, into a Redis of 8 MB, which fills up";
    }

    @Override
    public Cast cast() {
        // Events for clients that come back are kept in proportion to this small Redis.
        return Cast.workers(2).withRedis("--maxmemory", "8mb").with("MILLRACE_PROJECTION_KEEP_BYTES", "1000000");
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(6);
    }

    @Override
    public void play(Stage stage, Size size) {
        int jobs = size.jobs(12_000, 6_000);
        stage.faults().inflicted("Redis has 8 MB", 0, 0);
        stage.submit(Load.work(jobs, 600, 100, 300).inCallsOf(50).of(RedisFull::job));
        long[] parked = {0};
        stage.time().until(SUBMITTED, () -> {
            parked[0] = Math.max(parked[0], stage.table().parked());
            return stage.clients().submits().count() == jobs;
        });
        stage.figure("unavailable", stage.clients().submits().unavailableCalls());
        stage.figure("waitingInPostgres", parked[0]);
        stage.require(parked[0] > 0, "Redis was never full: nothing had to wait in PostgreSQL");
    }

    private static String job(long n) {
        return Load.job("chaos.work", n, Load.spread(n, 100, 300), ",\"metadata\":{\"padding\":\"" + PADDING + "\"}");
    }
}
