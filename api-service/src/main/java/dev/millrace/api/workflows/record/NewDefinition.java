package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.record.job.BodyHash;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A definition that was checked, before it is known which version it becomes.
 *
 * @param body SHA-256 of the whole of it in canonical form, by which an equal one is known
 */
public record NewDefinition(
        Spec spec,
        String description,
        @Nullable JsonNode inputSchema,
        @Nullable Duration timeout,
        @Nullable Integer priority,
        List<String> tags,
        BodyHash body) {

    public NewDefinition {
        tags = List.copyOf(tags);
    }
}
