package dev.millrace.api.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as admins see it: without its secret. One that has expired is listed until it is deleted.
 *
 * @param requestsPerSecond null for the default of the installation
 * @param version grows with every change; the ETag
 */
@RegisterForReflection
public record TokenDocument(
        String id,
        String name,
        String role,
        String tenant,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Integer requestsPerSecond,
        long version) {

    static final String COLUMNS = "id, name, role, tenant, created_at, expires_at, requests_per_second, version";

    /** As the audit has it. */
    JsonNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("role", role)
                .put("tenant", tenant)
                .put("expiresAt", expiresAt.toString())
                .put("requestsPerSecond", requestsPerSecond);
    }

    static TokenDocument of(Row row) {
        return new TokenDocument(
                row.getString("id"),
                row.getString("name"),
                row.getString("role"),
                row.getString("tenant"),
                Values.instant(row, "created_at"),
                Values.instant(row, "expires_at"),
                row.getInteger("requests_per_second"),
                row.getLong("version"));
    }
}
