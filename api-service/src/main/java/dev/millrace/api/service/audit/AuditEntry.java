package dev.millrace.api.service.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that changed something, or was to, as clients see it.
 *
 * @param id grows from call to call
 * @param who the name of the caller's token
 * @param token its id; null for whoever has the installation's own credential, or needs none
 * @param operation method and path as the contract has it
 * @param target what the path names, its parts joined by slashes; null if it names nothing, or nothing of the tenant's
 * @param outcome done, refused or failed
 * @param status of the answer
 * @param trace the trace id of the call; null if it belonged to no trace and was not refused
 * @param before the setting that it changed, as it was; null if there was none
 * @param after the setting as it is, or was to be; null if it is gone
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditEntry(
        String id,
        Instant at,
        String who,
        @Nullable String token,
        String role,
        String operation,
        @Nullable String target,
        String outcome,
        int status,
        @Nullable String trace,
        @JsonRawValue @Nullable String before,
        @JsonRawValue @Nullable String after) {

    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;

    /** Some of them, the latest first; the cursor leads to the next ones, null at the end. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AuditList(
            List<AuditEntry> items, @Nullable String nextCursor) {

        /** Of a page, and one more if there are more. */
        static AuditList cut(List<AuditEntry> found, int limit) {
            List<AuditEntry> items = found.stream().limit(limit).toList();
            return new AuditList(items, found.size() > limit ? items.getLast().id() : null);
        }
    }

    static AuditEntry of(Row row) {
        int status = row.getInteger("status");
        return new AuditEntry(
                Long.toString(row.getLong("id")),
                Values.instant(row, "at"),
                row.getString("who"),
                row.getString("token"),
                row.getString("role"),
                row.getString("operation"),
                row.getString("target"),
                outcome(status),
                status,
                row.getString("trace"),
                row.getString("before"),
                row.getString("after"));
    }

    private static String outcome(int status) {
        if (status >= FIRST_FAILURE) {
            return "failed";
        }
        return status >= FIRST_REFUSAL ? "refused" : "done";
    }
}
