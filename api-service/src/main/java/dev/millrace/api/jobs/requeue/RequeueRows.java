package dev.millrace.api.jobs.requeue;

import dev.millrace.api.outbox.OutboxRows;
import dev.millrace.api.record.job.StoredJobs;
import dev.millrace.job.Band;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.entries.Lane;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Continues rows that are locked by the caller. */
final class RequeueRows {

    /**
     * As {@link dev.millrace.job.JobStatus#requeued()}. An expiry goes: it said how long the client would wait for the
     * first run, has perhaps passed already, and would end the run that was just asked for. So does a cancel.
     */
    private static final String CONTINUE = """
            update api.job set
                run = run + 1, attempt = 1, state = 'QUEUED', position = ended_position, floor = ended_position,
                payload = coalesce($2, payload), queue = coalesce($3, queue),
                due_at = null, scheduled_for = null, expires_at = null, cancel_requested = null, cancel_reason = null,
                parked = null, kept = false,
                started_position = null, started_at = null, worker = null,
                progress_position = null, progress_current = null, progress_total = null, progress_message = null,
                ended_position = null, finished_at = null, duration_ms = null, result = null,
                error_type = null, error_message = null, error_stack = null,
                version = version + 1, changed_at = now()
            where id = any($1) and ended_position is not null and state <> 'SUCCEEDED'
            returning id, queue, priority""";

    private static final String MARK_LETTERS = """
            update api.dead_letter d set requeued_at = now() from api.job j
            where j.id = any($1) and d.job = j.id and d.position = j.floor and d.open""";

    private RequeueRows() {}

    /** Where jobs are to be sent, or parked because others wait for that lane already. */
    record Continued(Map<Lane, List<JobId>> toSend, int jobs) {}

    /** Those that have ended without success. What is to be sent has no outbox row yet. */
    static Continued go(Tx tx, Collection<JobId> jobs, @Nullable String payload, @Nullable QueueName queue) {
        Map<Lane, List<JobId>> byLane = new HashMap<>();
        int count = 0;
        for (Row row : tx.run(CONTINUE, StoredJobs.uuids(jobs), payload, queue == null ? null : queue.value())) {
            byLane.computeIfAbsent(lane(row), lane -> new ArrayList<>()).add(new JobId(row.getUUID("id")));
            count++;
        }
        tx.run(MARK_LETTERS, (Object) StoredJobs.uuids(jobs));
        park(tx, byLane);
        return new Continued(byLane, count);
    }

    private static void park(Tx tx, Map<Lane, List<JobId>> byLane) {
        for (Lane lane : OutboxRows.parkedAhead(tx, byLane.keySet())) {
            List<JobId> waiting = byLane.remove(lane);
            if (waiting != null) {
                OutboxRows.park(tx, lane, waiting);
            }
        }
    }

    private static Lane lane(Row row) {
        return Lane.of(new QueueName(row.getString("queue")), Band.ofPriority(row.getInteger("priority")));
    }
}
