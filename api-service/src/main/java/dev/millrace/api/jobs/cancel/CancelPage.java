package dev.millrace.api.jobs.cancel;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Some jobs that are to end without success, of a walk over all of them.
 *
 * @param end where the next page begins
 */
record CancelPage(List<Cancel> cancels, Place end) {

    /** A place in the order of a time and an id. */
    record Place(OffsetDateTime at, UUID id) {

        static final Place START = new Place(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0));
    }

    /** Of rows with {@code id}, {@code queue}, {@code run} and the {@code time} that orders them. */
    static CancelPage read(Tx tx, String sql, JobState reason, Place after) {
        List<Cancel> cancels = new ArrayList<>();
        Place end = after;
        for (Row row : tx.run(sql, after.at(), after.id(), Batch.MAX)) {
            JobId job = new JobId(row.getUUID("id"));
            cancels.add(new Cancel(job, new QueueName(row.getString("queue")), row.getLong("run"), reason));
            end = new Place(row.getOffsetDateTime("time"), job.uuid());
        }
        return new CancelPage(cancels, end);
    }

    boolean last() {
        return cancels.size() < Batch.MAX;
    }

    /** Where to go on: behind this page, or from the start after the last one. */
    Place next() {
        return last() ? Place.START : end;
    }
}
