package dev.millrace.api.outbox;

import dev.millrace.api.db.Tx;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.job.TermsOverride;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Makes of a row in PostgreSQL the job that is put on a stream. */
public final class StoredJobs {

    /** What {@link #read} needs of {@code api.job}. */
    public static final String COLUMNS =
            "id, tenant, task, queue, priority, payload, metadata, trace_parent, ignore_result, expires_at,"
                    + " attempt, run";

    private static final String WAITING = "select " + COLUMNS
            + " from api.job where id = any($1) and finished_at is null and parked is null order by created_at, id";

    private StoredJobs() {}

    /** Those of these jobs that have not ended and are not parked. */
    static List<Job> waiting(Tx tx, Collection<JobId> ids) {
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
        OffsetDateTime expires = row.getOffsetDateTime("expires_at");
        return new Job(
                new JobId(row.getUUID("id")),
                new TaskName(row.getString("task")),
                new QueueName(row.getString("queue")),
                Band.ofPriority(row.getInteger("priority")),
                row.getString("tenant"),
                row.getLong("run"),
                row.getInteger("attempt"),
                0,
                null,
                expires == null ? null : expires.toInstant(),
                JobHeaders.of(row.getString("trace_parent"), row.getString("metadata")),
                row.getBoolean("ignore_result"),
                TermsOverride.NONE,
                row.getString("payload"));
    }
}
