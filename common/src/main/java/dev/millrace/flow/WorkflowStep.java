package dev.millrace.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A child workflow, of a definition or of a flow of its own. Its result is the child's output. */
public final class WorkflowStep extends Step<WorkflowStep> {

    WorkflowStep(ObjectNode json) {
        super(json);
    }

    @Override
    WorkflowStep copy(ObjectNode fields) {
        return new WorkflowStep(fields);
    }

    /** What the child has for {@code /input}. */
    public WorkflowStep input(@Nullable Object value) {
        return with("input", Flows.value(value).json());
    }

    /** How many times the failed part of the child is run in all. */
    public WorkflowStep maxAttempts(int most) {
        return retry("maxAttempts", most);
    }

    /** The wait before each further time. */
    public WorkflowStep backoff(Duration always) {
        return retry(
                "backoff",
                JsonNodeFactory.instance.objectNode().put("type", "fixed").put("base", always.toString()));
    }

    private WorkflowStep retry(String field, Object value) {
        ObjectNode retry =
                field("retry") instanceof ObjectNode before ? before.deepCopy() : JsonNodeFactory.instance.objectNode();
        return with("retry", retry.set(field, Flows.constant(value)));
    }
}
