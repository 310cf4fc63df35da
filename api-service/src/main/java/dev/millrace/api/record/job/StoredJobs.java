package dev.millrace.api.record.job;

import dev.millrace.job.Job;
import dev.millrace.job.JobId;
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
    public static final String COLUMNS = "id, run, attempt, due_at, expires_at, " + JobColumns.OF_SPEC;

    private static final String WAITING = "select " + COLUMNS + " from api.job where id = any($1) and "
            + JobPredicates.SENDABLE + " order by created_at, id";

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
                JobColumns.spec(row),
                row.getLong("run"),
                row.getInteger("attempt"),
                0,
                Values.instantOrNull(row, "due_at"),
                Values.instantOrNull(row, "expires_at"));
    }
}
