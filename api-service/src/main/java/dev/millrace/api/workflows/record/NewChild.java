package dev.millrace.api.workflows.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.workflows.graph.Graph;
import dev.millrace.api.workflows.record.WorkflowRow.Parent;
import dev.millrace.api.workflows.turn.Failure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that another one has made. It begins with its first turn.
 *
 * @param failure why it fails before it begins; null if it does not
 * @param retry how often and when it goes on by itself once it has failed, JSON; null for never
 * @param timeout since it is made; null for never
 * @param metadata JSON object
 * @param borrowed what it needs of the graph around it; null if it stands alone
 */
public record NewChild(
        UUID id,
        String tenant,
        @Nullable String name,
        Spec spec,
        Graph graph,
        JsonNode input,
        @Nullable JsonNode borrowed,
        @Nullable Integer priority,
        List<String> tags,
        String metadata,
        @Nullable String traceParent,
        @Nullable Duration timeout,
        @Nullable String retry,
        Parent parent,
        @Nullable Failure failure) {

    public NewChild {
        tags = List.copyOf(tags);
    }
}
