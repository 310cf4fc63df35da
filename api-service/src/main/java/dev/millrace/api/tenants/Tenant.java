package dev.millrace.api.tenants;

import dev.millrace.postgres.Values;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A tenant as it is kept, and as admins see it.
 *
 * @param version grows with every change; the ETag
 */
@RegisterForReflection
public record Tenant(String name, Quotas quotas, Instant createdAt, Instant updatedAt, long version) {

    static Tenant of(Row row) {
        return new Tenant(
                row.getString("name"),
                Quotas.of(row),
                Values.instant(row, "created_at"),
                Values.instant(row, "updated_at"),
                row.getLong("version"));
    }
}
