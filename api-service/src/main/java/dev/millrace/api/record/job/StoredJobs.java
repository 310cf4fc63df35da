package dev.millrace.api.record.job;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Makes of a row in PostgreSQL the job that is put on a stream. */
public final class StoredJobs {

    /** What {@link #read} needs of {@code api.job}. */
    public static final String COLUMNS =
            "id, tenant, task, queue, priority, payload, metadata, trace_parent, ignore_result, expires_at,"
                    + " attempt, run, due_at, terms";

    private static final String WAITING = "select " + COLUMNS
            + " from api.job where id = any($1) and finished_at is null and parked is null and not kept and cancel_requested is null order by created_at, id";

    private StoredJobs() {}

    /** Those of these jobs that have not ended and do not wait here; a cancel that is committed keeps all publishers away. */
    public static List<Job> waiting(Tx tx, Collection<JobId> ids) {
        return read(tx.run(WAITING, (Object) uuids(ids)));
    }

    public static List<Job> read(RowSet<Row> rows) {
        List<Job> jobs = new ArrayList<>(rows.size());
        rows.forEach(row -> jobs.add(job(row)));
        return jobs;
    }

    public static UUID[] uuids(Collection<JobId> ids) {
        return ids.stream().map(JobId::uuid).toArray(UUID[]::new);
    }

    private static Job job(Row row) {
        return new Job(
                new JobId(row.getUUID("id")),
                new TaskName(row.getString("task")),
                new QueueName(row.getString("queue")),
                Band.ofPriority(row.getInteger("priority")),
                row.getString("tenant"),
                row.getLong("run"),
                row.getInteger("attempt"),
                0,
                Values.instantOrNull(row, "due_at"),
                Values.instantOrNull(row, "expires_at"),
                JobHeaders.of(row.getString("trace_parent"), row.getString("metadata")),
                row.getBoolean("ignore_result"),
                StoredPolicy.read(row.getString("terms")),
                row.getString("payload"));
    }
}
