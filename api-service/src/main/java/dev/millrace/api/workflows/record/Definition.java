package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a graph that has a name. It never changes.
 *
 * @param tenant whose it is; empty for what workers declare, which all tenants see
 * @param timeout of workflows that name none; null for never
 * @param priority of workflows that name none; null for that of the queues of their jobs
 * @param tags of workflows that name none
 * @param current whether a start that names no version gets it
 */
public record Definition(
        String tenant,
        String name,
        int version,
        Spec spec,
        String description,
        @Nullable JsonNode inputSchema,
        @Nullable Duration timeout,
        @Nullable Integer priority,
        List<String> tags,
        Instant createdAt,
        boolean current) {

    /** The tenant of what workers declare. */
    public static final String OF_CODE = "";

    public Definition {
        tags = List.copyOf(tags);
    }

    /** By what workflows say that they run it. */
    public DefinitionRef ref() {
        return new DefinitionRef(name, version);
    }

    public boolean isOfCode() {
        return tenant.equals(OF_CODE);
    }
}
