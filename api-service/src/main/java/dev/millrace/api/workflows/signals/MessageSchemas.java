package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.catalog.tasks.JsonSchemas;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.workflows.graph.Step;
import dev.millrace.json.Violation;
import jakarta.inject.Singleton;
import java.util.List;

/** Holds signals against the schemas of the nodes that take them. */
@Singleton
class MessageSchemas {

    private final JsonSchemas schemas = new JsonSchemas();

    /** Passes a message that fits, or for which there is no schema; else ends the request with 422. */
    void require(Step.Signal taker, JsonNode payload) {
        List<Violation> violations = taker.schema() == null ? List.of() : schemas.validate(taker.schema(), payload);
        if (!violations.isEmpty()) {
            throw Problem.of(ProblemType.PAYLOAD_INVALID, violations).exception();
        }
    }
}
