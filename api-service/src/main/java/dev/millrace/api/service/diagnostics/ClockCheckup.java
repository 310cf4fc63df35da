package dev.millrace.api.service.diagnostics;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Values;
import dev.millrace.stream.jobs.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Whether the clocks of Redis, PostgreSQL and this machine agree. */
record ClockCheckup(ServerClock redis, Db db, InstantSource clock) implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration APART = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public List<Finding> look() {
        Instant before = clock.instant();
        Instant ofRedis = redis.time();
        Instant ofPostgres = db.session(
                LIMIT,
                tx -> tx.first(row -> Values.instant(row, "now"), "select clock_timestamp() as now")
                        .orElseThrow());
        return List.of(compared(before, ofRedis, ofPostgres, clock.instant()));
    }

    /** Both were asked between two moments of this machine, however long that took. */
    static Finding compared(Instant before, Instant redis, Instant postgres, Instant after) {
        Duration most = Stream.of(redis, postgres)
                .flatMap(other -> Stream.of(Duration.between(other, before), Duration.between(after, other)))
                .max(Duration::compareTo)
                .orElseThrow();
        return most.compareTo(APART) > 0
                ? Finding.bad(
                        "clocks",
                        "The clocks of Redis, PostgreSQL and the api are " + most.toMillis() + " ms apart, or more.",
                        "Let NTP keep them: delays and leases go by that of Redis, schedules and expiry by that of PostgreSQL.")
                : Finding.ok("clocks", "Those of Redis, PostgreSQL and the api agree.");
    }
}
