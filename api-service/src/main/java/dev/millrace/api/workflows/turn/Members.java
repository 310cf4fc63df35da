package dev.millrace.api.workflows.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.workflows.graph.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the members of nodes. */
@FunctionalInterface
public interface Members {

    /** The types of failures with which a member fails before it is a job. */
    Set<String> COULD_NOT_BE_MADE = Set.of(
            "ReferenceMissing",
            "PayloadInvalid",
            "InputTooLarge",
            "UnknownTask",
            "UnknownQueue",
            "UnknownWorkflow",
            "TooDeep",
            "GraftInvalid",
            "Refused");

    /**
     * A member that is to be made.
     *
     * @param node the number of its node, or of a callback
     * @param run of the node
     * @param payload of the job, or what the workflow is given; null if it could not be made
     * @param borrowed what the workflow needs of the one around it, as in {@link Flow}; null for a job
     * @param failure why it could not; null if it could
     */
    record Order(
            int node,
            int run,
            int index,
            Step.Body body,
            @Nullable JsonNode payload,
            @Nullable ObjectNode borrowed,
            @Nullable Failure failure) {}

    /** Makes it; if it cannot be made, it is a member that failed, and why is returned. */
    @Nullable
    Failure make(Order order);
}
