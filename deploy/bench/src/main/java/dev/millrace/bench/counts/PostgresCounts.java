package dev.millrace.bench.counts;

import dev.millrace.bench.measure.Counter;
import dev.millrace.embedded.PostgresUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What PostgreSQL has done: {@code postgres.commits}, transactions that wrote something (those that were rolled back too);
 * {@code postgres.statements}, each BEGIN and COMMIT too; {@code postgres.walBytes}; and {@code postgres.jobScans}, how often a
 * whole table of jobs was read (told up to a second late).
 */
public final class PostgresCounts implements Counter {

    /** By which PostgreSQL counts statements; a server that was not started with it does not. */
    public static final List<String> SETTINGS =
            List.of("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top");

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String PREPARE =
            "create schema if not exists bench;" + " create extension if not exists pg_stat_statements schema bench";

    private static final String COUNTS = """
            select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as commits,
                   (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint as wal_bytes,
                   (select coalesce(sum(calls), 0)::bigint from bench.pg_stat_statements(false)
                     where dbid = (select oid from pg_database where datname = current_database())) as statements,
                   (select coalesce(sum(seq_scan), 0)::bigint from pg_stat_user_tables
                     where schemaname = 'api' and relname like 'job%') as job_scans""";

    private final PostgresUrl database;

    private PostgresCounts(PostgresUrl database) {
        this.database = database;
    }

    /** Of a server that runs with {@link #SETTINGS} and belongs to the bench: a schema {@code bench} is made in its database. */
    public static PostgresCounts of(PostgresUrl database) {
        PostgresCounts counts = new PostgresCounts(database);
        counts.ask(statement -> statement.execute(PREPARE));
        return counts;
    }

    @Override
    public void putInto(Map<String, Long> counts) {
        ask(statement -> {
            try (ResultSet row = statement.executeQuery(COUNTS)) {
                row.next();
                counts.put("postgres.commits", row.getLong("commits"));
                counts.put("postgres.statements", row.getLong("statements"));
                counts.put("postgres.walBytes", row.getLong("wal_bytes"));
                counts.put("postgres.jobScans", row.getLong("job_scans"));
            }
        });
    }

    @FunctionalInterface
    private interface Question {

        void ask(Statement statement) throws SQLException;
    }

    private void ask(Question question) {
        try (Connection connection = database.connect(ANSWER);
                Statement statement = connection.createStatement()) {
            question.ask(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not tell what it has done: " + e.getMessage(), e);
        }
    }
}
