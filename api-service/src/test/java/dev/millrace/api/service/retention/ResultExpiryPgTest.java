package dev.millrace.api.service.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.EndRows;
import dev.millrace.postgres.Db;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultExpiryPgTest {

    private final RealServers servers = RealServers.get();
    private final ResultExpiry expiry = new ResultExpiry(new Db(servers.pool(), System::nanoTime));
    private final String queue = "expiry-" + UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({"60, 59, false", "60, 61, true", "3600, 61, false", "3600, 3601, true"})
    void aResultIsDroppedWhenItsTimeIsUpAndTheJobStays(int ttl, int endedAgo, boolean dropped) {
        ended(1, ttl, endedAgo);

        expiry.dropOnce();

        Row job = servers.sql("select state, result, version from api.job where queue = $1", queue)
                .iterator()
                .next();
        assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(job.getString("result")).isEqualTo(dropped ? null : "1");
        assertThat(job.getLong("version")).isEqualTo(dropped ? 2 : 1);
    }

    @Test
    void resultsOfJobsThatAskForNothingStay() {
        servers.sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, finished_at, ended_position,
                    result)
                values (gen_random_uuid(), 'default', 'demo.echo', $1, 5, '1', '\\x00', 'SUCCEEDED', now() - interval '6 days',
                    '\\x01', '1')""", queue);

        expiry.dropOnce();

        assertThat(left()).isEqualTo(1);
    }

    @Test
    void dropsAllThatAreDueBatchAfterBatch() {
        ended(1_234, 60, 120);

        expiry.dropOnce();

        assertThat(left()).isZero();
    }

    @Test
    void findsThemByTheirTimeAlone() {
        ended(3_000, 3_600, 10);
        servers.sql("analyze api.job");

        assertThat(servers.sql("explain " + EndRows.DROP_RESULTS.replace("$1", "500")))
                .extracting(row -> row.getString(0))
                .anyMatch(line -> line.contains("job_result_due"));
    }

    private void ended(int jobs, int ttlSeconds, int agoSeconds) {
        servers.sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, finished_at, ended_position,
                    result, result_ttl_ms)
                select gen_random_uuid(), 'default', 'demo.echo', $1, 5, '1', '\\x00', 'SUCCEEDED',
                    now() - make_interval(secs => $2), '\\x01', '1', $3
                from generate_series(1, $4)""", queue, (double) agoSeconds, ttlSeconds * 1000L, jobs);
    }

    private long left() {
        return servers.sql("select count(*) from api.job where queue = $1 and result is not null", queue)
                .iterator()
                .next()
                .getLong(0);
    }
}
