package dev.millrace.api.catalog.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.JobState;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of queues is found by indexes, in tables of tens of thousands of jobs. */
class QueuePlansPgTest {

    private static final RealServers SERVERS = RealServers.get();
    private static final String QUEUE = "plans-" + UUID.randomUUID();

    @BeforeAll
    static void thereAreManyJobs() {
        SERVERS.sql("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, due_at)
                select gen_random_uuid(), 'default', 'demo.echo', case when n % 100 = 0 then $1 else 'plans-other' end, 5, '1',
                    '\\x00', case n % 10 when 0 then 'SCHEDULED' when 1 then 'QUEUED' else 'SUCCEEDED' end,
                    case n % 10 when 0 then now() + n * interval '1 second' end
                from generate_series(1, 30000) n""", QUEUE);
        SERVERS.sql("analyze api.job");
    }

    @Test
    void readsNoTableToTellOfAQueue() {
        for (String statement : List.of(WaitingRows.OF_QUEUES, QueueRows.DEAD)) {
            assertThat(plan(statement, (Object) new String[] {QUEUE}))
                    .as(statement)
                    .doesNotContain("Seq Scan on job ", "Seq Scan on dead_letter")
                    .contains("Index");
        }
    }

    @Test
    void countsWhatIsDueWithinAMinute() {
        long soon = SERVERS.sql(WaitingRows.OF_QUEUES, (Object) new String[] {QUEUE})
                .iterator()
                .next()
                .getLong("due_soon");

        // Of the hundreds of this queue none but those of the first minute; each hundredth second has one.
        assertThat(soon).isLessThanOrEqualTo(1);
    }

    @Test
    void walksAlongAnIndexToPurge() {
        String sql = WaitingRows.inState(JobState.QUEUED)
                .replace("$1", "'default'")
                .replace("$2", "'-infinity'::timestamptz")
                .replace("$3", "'00000000-0000-0000-0000-000000000000'::uuid")
                .replace("$4", "now()")
                .replace("$5", "2000");
        assertThat(plan(sql)).contains("job_of_state").doesNotContain("Sort", "Seq Scan");
    }

    private static String plan(String sql, Object... parameters) {
        List<String> lines = new ArrayList<>();
        String text = parameters.length == 0 ? sql : sql.replace("$1", "'{" + QUEUE + "}'");
        for (Row row : SERVERS.sql("explain " + text)) {
            lines.add(row.getString(0));
        }
        return String.join("\n", lines);
    }
}
