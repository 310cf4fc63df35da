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
    static final String COLUMNS =
            "id, run, attempt, due_at, expires_at, " + JobColumns.OF_SPEC + ", " + JobColumns.OF_PLACE;

    private static final String WAITING = "select " + COLUMNS
            + " from unnest($1::uuid[]) asked (id) join api.job using (id) where " + JobPredicates.SENDABLE
            + " order by created_at, id";

    /** Selects and locks up to {@code $2} that may be put into Redis, in the order of their ids from behind {@code $1}. */
    public static final String PAGE = page("");

    /** As {@link #PAGE}, of which nothing was heard for 5 minutes; what is due later is looked after when its time is near. */
    public static final String SILENT_PAGE = page(
            " and changed_at < now() - interval '5 minutes' and (due_at is null or " + JobPredicates.DUE_SOON + ")");

    private StoredJobs() {}

    private static String page(String besides) {
        return "select " + COLUMNS + " from api.job where " + JobPredicates.SENDABLE
                + " and ($1::uuid is null or id > $1)" + besides + " order by id limit $2 for update";
    }

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
