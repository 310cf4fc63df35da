package dev.millrace.api.tenants;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tenants; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record TenantList(List<Tenant> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static TenantList cut(List<Tenant> found, int limit) {
        return found.size() <= limit
                ? new TenantList(found, null)
                : new TenantList(found.subList(0, limit), found.get(limit - 1).name());
    }
}
