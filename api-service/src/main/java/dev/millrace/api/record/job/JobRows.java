package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;

/** Reads rows of {@code api.job}. */
public final class JobRows {

    public static final String COLUMNS = "id, " + JobColumns.OF_DETAILS
            + ", created_at, expires_at, scheduled_for, version, run, cancel_reason, superseded_up_to, "
            + StatusColumns.NAMES;

    private JobRows() {}

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
