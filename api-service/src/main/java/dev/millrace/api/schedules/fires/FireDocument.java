package dev.millrace.api.schedules.fires;

import dev.millrace.job.JobState;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tick, as clients see it.
 *
 * @param jobId null if no job was made
 * @param outcome fired, skipped-overlap, missed or rejected
 * @param state of its job now; null without one
 * @param detail why it was rejected; else null
 */
@RegisterForReflection
public record FireDocument(
        Instant at,
        @Nullable String jobId,
        String outcome,
        @Nullable JobState state,
        @Nullable String detail) {

    static FireDocument of(Row row) {
        UUID job = row.getUUID("job");
        String state = row.getString("state");
        return new FireDocument(
                Values.instant(row, "at"),
                job == null ? null : job.toString(),
                row.getString("outcome"),
                state == null ? null : JobState.valueOf(state),
                row.getString("detail"));
    }
}
