package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;

/** Reads rows of {@code api.job}. */
public final class JobRows {

    /** The name of the node of which a job is a member, which stands in another table, as {@code node_name}. */
    public static final String NODE_NAME = JobColumns.NODE_NAME;

    public static final String COLUMNS = "id, " + JobColumns.OF_DETAILS + ", " + JobColumns.NODE_NAME
            + ", created_at, expires_at, scheduled_for, version, run, cancel_reason, superseded_up_to, "
            + StatusColumns.NAMES;

    /** Selects and locks id, task and state of the job of tenant {@code $1} with id {@code $2}. */
    public static final String HOLD = "select id, task, state from api.job where tenant = $1 and id = $2 for update";

    /** As {@link #HOLD}, of the jobs with the ids {@code $2}, in the order of these. */
    public static final String HOLD_ALL =
            "select id, task, state from api.job where tenant = $1 and id = any($2) order by id for update";

    private static final String FIND = "select " + COLUMNS + " from api.job where id = $1";

    private JobRows() {}

    /** Reads the row of a job that there is. */
    public static JobRow find(Tx tx, JobId job) {
        return read(tx.run(FIND, job.uuid()).iterator().next());
    }

    /** Reads a row that was selected with {@link #COLUMNS}. */
    public static JobRow read(Row row) {
        return new JobRow(
                new JobId(row.getUUID("id")),
                JobColumns.details(row),
                Values.instant(row, "created_at"),
                Values.instantOrNull(row, "expires_at"),
                Values.instantOrNull(row, "scheduled_for"),
                row.getLong("version"),
                row.getLong("run"),
                StatusColumns.read(row));
    }
}
