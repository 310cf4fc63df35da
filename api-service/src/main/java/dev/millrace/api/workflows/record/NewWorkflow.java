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
 * @param definition which its graph is; null for a graph of its own
 * @param scheduleId of the schedule that started it; null if none did
 * @param start when it is to begin
 * @param timeout since it begins; null for never
 * @param body SHA-256 of the canonical request, by which a repetition of the id is known
 */
public record NewWorkflow(
        UUID id,
        String tenant,
        @Nullable String name,
        @Nullable DefinitionRef definition,
        @Nullable String scheduleId,
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

    /** The same, as that fire of a schedule starts it. */
    public NewWorkflow firedBy(String schedule, UUID fire, BodyHash hash) {
        return new NewWorkflow(
                fire,
                tenant,
                name,
                definition,
                schedule,
                spec,
                graph,
                input,
                priority,
                tags,
                metadata,
                traceParent,
                start,
                timeout,
                hash);
    }
}
