package dev.millrace.api.schedules.fires;

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
 * @param workflowId null if no workflow was started
 * @param outcome fired, skipped-overlap, missed or rejected
 * @param state of its job or its workflow now; null without one
 * @param detail why it was rejected; else null
 */
@RegisterForReflection
public record FireDocument(
        Instant at,
        @Nullable String jobId,
        @Nullable String workflowId,
        String outcome,
        @Nullable String state,
        @Nullable String detail) {

    static FireDocument of(Row row) {
        UUID job = row.getUUID("job");
        UUID workflow = row.getUUID("workflow");
        return new FireDocument(
                Values.instant(row, "at"),
                job == null ? null : job.toString(),
                workflow == null ? null : workflow.toString(),
                row.getString("outcome"),
                row.getString("state"),
                row.getString("detail"));
    }
}
