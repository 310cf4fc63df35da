package dev.millrace.api.jobs.actions;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action as clients see it.
 *
 * @param action cancel, retry or delete
 * @param filter JSON, as it was asked; null if the jobs were named
 * @param ids how many jobs were named; null if there is a filter
 * @param reason of a cancel; null without one
 * @param state RUNNING, COMPLETED or ABORTED
 * @param askedBy the name of the token
 * @param matched how many jobs it found at first; null if these were too many to be counted
 * @param done to so many jobs it was done
 * @param skipped so many had come into another state before their turn came
 * @param failed to so many that were named it could not be done
 * @param failures JSON, the first hundred of these
 */
@RegisterForReflection
public record BulkAction(
        String id,
        String action,
        @JsonRawValue @Nullable String filter,
        @Nullable Integer ids,
        @Nullable String reason,
        String state,
        String askedBy,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Long matched,
        long done,
        long skipped,
        long failed,
        @JsonRawValue String failures) {

    static final String COLUMNS = "id, kind, filter, cardinality(ids) as ids, reason, state, asked_by, created_at,"
            + " finished_at, matched, done, skipped, failed, failures";

    static BulkAction of(Row row) {
        return new BulkAction(
                row.getUUID("id").toString(),
                row.getString("kind"),
                row.getString("filter"),
                row.getInteger("ids"),
                row.getString("reason"),
                row.getString("state"),
                row.getString("asked_by"),
                Values.instant(row, "created_at"),
                Values.instantOrNull(row, "finished_at"),
                row.getLong("matched"),
                row.getLong("done"),
                row.getLong("skipped"),
                row.getLong("failed"),
                row.getString("failures"));
    }
}
