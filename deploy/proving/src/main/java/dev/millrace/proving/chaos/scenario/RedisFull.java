package dev.millrace.proving.chaos.scenario;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Load;
import dev.millrace.proving.chaos.platform.Platform;
import dev.millrace.proving.chaos.platform.Topology;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A full Redis refuses new jobs, which wait in PostgreSQL, and nothing else: so it empties itself. */
final class RedisFull implements Scenario {

    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
    private static final long BYTES_OF_A_JOB = 1_600;
    private static final int EVENTS_KEPT = 1 << 20;
    private static final String PADDING = "x".repeat(1_024);
    private static final Duration SUBMITTED = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "redis-full";
    }

    @Override
    public String story() {
        return "10,000 jobs of 0.1 to 0.3 s with 1 KiB each, faster than they run, into a Redis with room for a third of them";
    }

    @Override
    public Topology topology() {
        // Events for clients that come back are kept in proportion to this small Redis.
        return Topology.workers(2).with("MILLRACE_API_PROJECTION_KEEP_BYTES", Integer.toString(EVENTS_KEPT));
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(6);
    }

    @Override
    public void run(Platform platform, Size size) {
        int jobs = size.jobs(10_000, 6_000);
        long room = used(platform) + jobs * BYTES_OF_A_JOB / 3 + EVENTS_KEPT;
        platform.faults().inflicted(Fault.Kind.OTHER, "Redis may take %d bytes".formatted(room), 0);
        platform.require(
                platform.askRedis("CONFIG", "SET", "maxmemory", Long.toString(room))
                        .isPresent(),
                "Redis took no limit");
        platform.submit(Load.work(jobs, 600, 100, 300).inCallsOf(50).of(RedisFull::job));
        long[] parked = {0};
        platform.time().until(SUBMITTED, () -> {
            parked[0] = Math.max(parked[0], platform.table().parked());
            return platform.clients().submits().count() == jobs;
        });
        platform.figure("unavailable", platform.clients().submits().unavailableCalls());
        platform.figure("waitingInPostgres", parked[0]);
        platform.require(parked[0] > 0, "Redis was never full: nothing had to wait in PostgreSQL");
    }

    private static String job(long n) {
        return Load.job("chaos.work", n, Load.spread(n, 100, 300), ",\"metadata\":{\"padding\":\"" + PADDING + "\"}");
    }

    private static long used(Platform platform) {
        Matcher found = USED.matcher(platform.askRedis("INFO", "memory").orElse(""));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
