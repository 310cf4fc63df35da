package dev.millrace.api.service.diagnostics;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is made of what PostgreSQL says of itself.
 *
 * @param latency of the question
 * @param connections that are open, of all its clients
 * @param mostConnections that it allows
 * @param oldestTransaction since when a transaction is open
 * @param dead rows of the schema's tables that are gone and still take room
 * @param live rows of the same tables
 */
record PostgresFindings(
        Duration latency, long connections, long mostConnections, Duration oldestTransaction, long dead, long live) {

    static final String NAME = "postgresql";

    static final String ASK = """
            select (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
                current_setting('max_connections')::bigint as most_connections,
                (select coalesce(extract(epoch from max(clock_timestamp() - xact_start)) * 1000, 0)::bigint
                    from pg_stat_activity where backend_type = 'client backend' and datname = current_database())
                    as oldest_ms,
                (select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables where schemaname = 'api') as dead,
                (select coalesce(sum(n_live_tup), 0)::bigint from pg_stat_user_tables where schemaname = 'api') as live""";

    private static final Duration SLOW = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long MANY_DEAD = 100_000;
    private static final int PERCENT = 100;
    private static final int CROWDED = 90;

    static PostgresFindings of(Row row, Duration latency) {
        return new PostgresFindings(
                latency,
                row.getLong("connections"),
                row.getLong("most_connections"),
                Duration.ofMillis(row.getLong("oldest_ms")),
                row.getLong("dead"),
                row.getLong("live"));
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        if (latency.compareTo(SLOW) > 0) {
            findings.add(Finding.note(
                    NAME,
                    "A question took " + latency.toMillis() + " ms.",
                    "Look for a busy disk or machine, and for slow statements (pg_stat_activity)."));
        }
        if (connections * PERCENT >= mostConnections * CROWDED) {
            findings.add(Finding.bad(
                    NAME,
                    "%d of %d connections are in use.".formatted(connections, mostConnections),
                    "Raise max_connections, or give the services smaller pools."));
        }
        if (oldestTransaction.compareTo(LONG) > 0) {
            findings.add(
                    Finding.note(
                            NAME,
                            "A transaction is open for " + oldestTransaction.toMinutes() + " minutes.",
                            "End it (pg_stat_activity says whose it is): as long as it is open, rows that are gone keep their room."));
        }
        if (dead > MANY_DEAD && dead > live) {
            findings.add(Finding.note(
                    NAME,
                    "%d rows are gone and still take room, beside %d that stand.".formatted(dead, live),
                    "Look whether autovacuum runs and keeps up, and for transactions that stay open."));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(
                        NAME,
                        "It answers within %d ms; %d of %d connections are in use."
                                .formatted(latency.toMillis(), connections, mostConnections)))
                : findings;
    }
}
