package dev.millrace.api.workflows.signals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From where an ended workflow is to go on. */
sealed interface RetryRequest {

    /** From what failed. */
    record Failed() implements RetryRequest {}

    /**
     * With nothing of what it has made.
     *
     * @param input that it is given from now on; null for what it was given
     */
    record Start(@Nullable JsonNode input) implements RetryRequest {}

    /** With that node, and all that comes after it, fresh. */
    record FromNode(String name) implements RetryRequest {}

    int MAX_INPUT_BYTES = 256 << 10;

    /** What a body asks for; from what failed if there is none. */
    static RetryRequest read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return new Failed();
        }
        JsonNode json = StrictJson.read(Bodies.atMost(1, body));
        JsonFields fields = Bodies.fields(json, "The body of a retry", Set.of("from", "input"));
        RetryRequest from =
                fields.read("from", "'failed', 'start' or {\"node\": name}", value -> from(value, json.get("input")));
        if (fields.has("input") && !(from instanceof Start)) {
            fields.wrong("input", "Only who goes on from the start is given something else.");
        }
        Bodies.requireRight(fields);
        if (json.path("input").toString().getBytes(StandardCharsets.UTF_8).length > MAX_INPUT_BYTES) {
            throw Problem.at(ProblemType.TOO_LARGE, "/input", "The input has at most 256 KiB.")
                    .exception();
        }
        return from == null ? new Failed() : from;
    }

    private static RetryRequest from(JsonNode value, @Nullable JsonNode input) {
        if (value.isObject()) {
            JsonFields.require(value.size() == 1 && value.path("node").isTextual());
            return new FromNode(value.get("node").textValue());
        }
        return switch (value.asText()) {
            case "failed" -> new Failed();
            case "start" -> new Start(input);
            default -> throw new IllegalArgumentException("no place to go on from");
        };
    }
}
