package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.base.database.YoungTables;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Sessions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A database of its own, with one connection for statements that go by keys, as the service has four. PostgreSQL has looked at its
 * tables while they were empty, and makes its plans by that until it looks again.
 */
public final class YoungDatabase implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern SCAN =
            Pattern.compile("Index (?:Only )?Scan using (\\w+) on (\\w+)[^\\n]*(?:\\n +Index Cond: \\(+(\\w+))?");

    private final Pool anyPool;
    private final Pool byKeyPool;
    private final Db any;
    private final Db byKey;

    private YoungDatabase(RealServers servers) {
        PgConnectOptions options =
                servers.newDatabase("young_" + UUID.randomUUID().toString().replace("-", ""));
        anyPool = servers.pool(Sessions.any(options), 2);
        byKeyPool = servers.pool(Sessions.byKey(options), 1);
        any = new Db(anyPool, System::nanoTime);
        byKey = Db.keeping(byKeyPool, 1, System::nanoTime);
        sql("vacuum analyze");
    }

    /** One that is empty. */
    public static YoungDatabase make() {
        return new YoungDatabase(RealServers.get());
    }

    /** Has one connection, which the caller does not keep. */
    public Db byKey() {
        return byKey;
    }

    /** The other connections. */
    public Db any() {
        return any;
    }

    /** Adds jobs, keys and schedules with a fire each, of which PostgreSQL is not told yet. */
    public YoungDatabase grow(int rows) {
        sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state)
                select gen_random_uuid(), 'default', 'demo.echo', 'default', 5, repeat('x', 200), '\\x00', 'QUEUED'
                from generate_series(1, %d)""".formatted(rows));
        sql(
                "insert into api.outbox (queue, band, job_ids) select 'default', 'normal', array[gen_random_uuid()] from generate_series(1, %d)"
                        .formatted(rows));
        sql(
                "insert into api.idempotency (tenant, key, body_hash, reply) select 'other', n, '\\x00', '' from generate_series(1, %d) n"
                        .formatted(rows));
        sql(
                "insert into api.schedule (tenant, id, generation, version) select 'default', n, 7, 1 from generate_series(1, %d) n"
                        .formatted(rows));
        sql("""
                insert into api.schedule_fire (tenant, schedule, generation, at, outcome)
                select 'default', n, 7, now(), 'missed' from generate_series(1, %d) n""".formatted(rows));
        return this;
    }

    /** The service's own look at what has grown. */
    public YoungDatabase look() {
        new YoungTables(any).lookOnce();
        return this;
    }

    /** PostgreSQL's look, whatever the size. */
    public YoungDatabase analyze() {
        sql("analyze");
        return this;
    }

    private void sql(String text) {
        any.session(LIMIT, tx -> tx.run(text).rowCount());
    }

    /** A statement as its session keeps it, with the plan that it will use next. */
    private record Kept(String sql, long customPlans, String plan) {}

    /**
     * Asserts of each of these beginnings or other parts of statements that the connection by keys keeps one, and of all that it
     * keeps that PostgreSQL planned them once and for all parameters, and finds all rows of jobs, keys and outbox by an index.
     */
    public void assertNamedAndByKey(String... parts) {
        List<Kept> kept = kept();
        for (String part : parts) {
            assertThat(kept).extracting(Kept::sql).anyMatch(sql -> sql.contains(part));
        }
        assertThat(kept).allSatisfy(one -> {
            assertThat(one.customPlans()).describedAs(one.sql()).isZero();
            assertThat(one.plan()).describedAs(one.sql()).doesNotContain("Seq Scan");
            assertThat(SCAN.matcher(one.plan()).results())
                    .describedAs(one.sql() + one.plan())
                    .allMatch(YoungDatabase::byKey);
        });
    }

    /** The texts of the statements that the connection by keys keeps. */
    public List<String> statements() {
        return kept().stream().map(Kept::sql).toList();
    }

    /** A scan without a condition reads all of an index, and so does one for ids by an index that begins with something else. */
    private static boolean byKey(MatchResult scan) {
        String column = scan.group(3);
        return column != null && (!column.equals("id") || scan.group(1).matches("job_(pkey|live)|outbox_pkey"));
    }

    private List<Kept> kept() {
        return byKey.session(
                LIMIT,
                tx -> tx
                        .list(
                                row -> row,
                                "select name, statement, custom_plans, cardinality(parameter_types) as parameters from pg_prepared_statements")
                        .stream()
                        .filter(row -> row.getString("statement").contains("api."))
                        .map(row -> new Kept(
                                row.getString("statement"),
                                row.getLong("custom_plans"),
                                String.join("\n", tx.list(line -> line.getString(0), explain(row)))))
                        .toList());
    }

    private static String explain(Row kept) {
        String nulls = String.join(", ", Collections.nCopies(kept.getInteger("parameters"), "null"));
        return "explain execute \"" + kept.getString("name") + "\"" + (nulls.isEmpty() ? "" : "(" + nulls + ")");
    }

    @Override
    public void close() {
        RealServers.await(byKeyPool.close().toCompletionStage());
        RealServers.await(anyPool.close().toCompletionStage());
    }
}
