package dev.millrace.api.tokens;

import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/** A token as admins see it: without its secret. One that has expired is listed until it is deleted. */
@RegisterForReflection
public record TokenDocument(String id, String name, String role, String tenant, Instant createdAt, Instant expiresAt) {

    static final String COLUMNS = "id, name, role, tenant, created_at, expires_at";

    static TokenDocument of(Row row) {
        return new TokenDocument(
                row.getString("id"),
                row.getString("name"),
                row.getString("role"),
                row.getString("tenant"),
                Values.instant(row, "created_at"),
                Values.instant(row, "expires_at"));
    }
}
