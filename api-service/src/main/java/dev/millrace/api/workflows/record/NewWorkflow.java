package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.record.job.BodyHash;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.workflows.graph.Graph;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that was checked, and is to be accepted.
 *
 * @param start when it is to begin
 * @param timeout since it begins; null for never
 * @param body SHA-256 of the canonical request, by which a repetition of the id is known
 */
public record NewWorkflow(
        UUID id,
        String tenant,
        @Nullable String name,
        Spec spec,
        Graph graph,
        JsonNode input,
        @Nullable Integer priority,
        List<String> tags,
        JsonNode metadata,
        @Nullable String traceParent,
        DueTime start,
        @Nullable Duration timeout,
        BodyHash body) {

    public NewWorkflow {
        tags = List.copyOf(tags);
    }
}
