package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database of an earlier release becomes one of this release, with what was in it. */
class UpgradePgTest {

    private static final String DATABASE = "upgraded";

    private final RealServers servers = RealServers.get();
    private final Pool pool = servers.pool(servers.databaseOf(DATABASE, "1"), 1);

    @AfterEach
    void close() {
        RealServers.await(pool.close().toCompletionStage());
        servers.sql("drop database " + DATABASE + " with (force)");
    }

    @Test
    void lettersThatAreThereGetTheirFingerprints() {
        sql("""
                with made as (
                    insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, ended_position, finished_at)
                    values (gen_random_uuid(), 'default', 'mail', 'q', 5, '1', '\\x00', 'FAILED', '\\x01', now()) returning *)
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, error_type, error_stack,
                    failed_at)
                select id, ended_position, tenant, task, queue, payload, 1, 'E', E'E: m\\n\\tat com.example.Mail.send(M.java:1)',
                    finished_at
                from made""");

        servers.upgrade(DATABASE);

        assertThat(sql(
                        "select fingerprint = api.fingerprint('mail', 'E', E'\\tat com.example.Mail.send(M.java:2)') as same"
                                + " from api.dead_letter"))
                .extracting(row -> row.getBoolean("same"))
                .containsExactly(true);
    }

    @Test
    void anInstanceOfTheReleaseBeforeGoesOnWritingBesideTheNewOnes() {
        servers.upgrade(DATABASE);

        sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, ended_position, finished_at)
                values (gen_random_uuid(), 'default', 'mail', 'q', 5, '1', '\\x00', 'FAILED', '\\x01', now())""");
        sql("""
                insert into api.dead_letter (job, position, tenant, task, queue, payload, attempts, failed_at)
                select id, ended_position, tenant, task, queue, payload, 1, finished_at from api.job""");

        assertThat(sql("select fingerprint from api.dead_letter"))
                .extracting(row -> row.getString("fingerprint"))
                .doesNotContainNull()
                .hasSize(1);
    }

    private RowSet<Row> sql(String sql) {
        return RealServers.await(pool.query(sql).execute().toCompletionStage());
    }
}
