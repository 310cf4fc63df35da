package dev.millrace.api.record.stats;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what was counted. Blocks for PostgreSQL. */
@Singleton
class Stats {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String COUNTED = "select counted_to from api.job_stat_turn";

    private static final String FILTER = """
             from api.job_stat
            where tenant = $1 and quarter = $2 and at >= $3 and at < $4
                and ($5::text is null or task = $5) and ($6::text is null or queue = $6)""";

    private static final String SUMS = """
            sum(succeeded)::bigint as succeeded, sum(failed)::bigint as failed, sum(timed_out)::bigint as timed_out,
            sum(cancelled)::bigint as cancelled, sum(expired)::bigint as expired, sum(retried)::bigint as retried,
            %s as waits, %s as runs""".formatted(Buckets.sum("waits"), Buckets.sum("runs"));

    private static final String BY_TASK =
            "select task, queue, " + SUMS + FILTER + " group by task, queue order by task, queue";

    private static final String BY_TIME = "select at, " + SUMS + FILTER + " group by at order by at";

    private static final String STATES = """
            select state, sum(n)::bigint as n from api.job_count
            where tenant = $1 and ($2::text is null or task = $2) and ($3::text is null or queue = $3)
            group by state""";

    private final Db db;

    Stats(Db db) {
        this.db = db;
    }

    /** Whose jobs are meant; null for any task or queue. */
    record Filter(
            String tenant, @Nullable String task, @Nullable String queue) {}

    /** Jobs of one task in one queue. */
    record OfTask(String task, String queue, Tally tally) {}

    /** Jobs that ended in a time that begins then. */
    record OfTime(Instant at, Tally tally) {}

    /** What stands of several windows, at one moment. */
    record Counted(Instant to, Map<Window, List<OfTask>> windows, Map<String, Long> states) {}

    /** Points of time in order, without those in which nothing ended. */
    record Series(Instant to, List<OfTime> points) {}

    /** By window, each with its tasks in the order of their names. */
    Counted counted(Filter filter) {
        return db.session(LIMIT, tx -> {
            Instant to = countedTo(tx);
            Map<Window, List<OfTask>> windows = new TreeMap<>();
            for (Window window : Window.values()) {
                windows.put(
                        window,
                        tx.list(
                                row -> new OfTask(row.getString("task"), row.getString("queue"), Tally.of(row)),
                                BY_TASK,
                                parameters(filter, window, to)));
            }
            return new Counted(to, windows, states(tx, filter));
        });
    }

    Series series(Filter filter, Window window) {
        return db.session(LIMIT, tx -> {
            Instant to = countedTo(tx);
            return new Series(
                    to,
                    tx.list(
                            row -> new OfTime(Values.instant(row, "at"), Tally.of(row)),
                            BY_TIME,
                            parameters(filter, window, to)));
        });
    }

    private static Map<String, Long> states(Tx tx, Filter filter) {
        return tx
                .list(
                        row -> Map.entry(row.getString("state"), row.getLong("n")),
                        STATES,
                        filter.tenant(),
                        filter.task(),
                        filter.queue())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Instant countedTo(Tx tx) {
        return tx.first(row -> Values.instant(row, "counted_to"), COUNTED).orElseThrow();
    }

    private static @Nullable Object[] parameters(Filter filter, Window window, Instant to) {
        return new @Nullable Object[] {
            filter.tenant(),
            window.ofQuarters(),
            Values.time(window.from(to)),
            Values.time(to),
            filter.task(),
            filter.queue()
        };
    }
}
