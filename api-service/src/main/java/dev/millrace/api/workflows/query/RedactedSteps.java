package dev.millrace.api.workflows.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.workflows.record.StoredJson;
import dev.millrace.job.TaskName;
import dev.millrace.names.Names;
import dev.millrace.sensitive.SensitiveFields;
import java.util.stream.StreamSupport;

/** A workflow that was asked for, as JSON, without what a caller is not shown. */
public final class RedactedSteps {

    private RedactedSteps() {}

    /** The same, the payloads of its steps as those of jobs; its input is masked if a task of it marks anything as sensitive. */
    public static JsonNode of(JsonNode workflow, Redaction redaction) {
        if (!concerns(workflow, redaction)) {
            return workflow;
        }
        JsonNode shown = step(workflow, redaction);
        if (shown instanceof ObjectNode object && object.hasNonNull("input")) {
            object.set("input", TextNode.valueOf(SensitiveFields.MASK));
        }
        return shown;
    }

    private static boolean concerns(JsonNode json, Redaction redaction) {
        return isTask(json) && redaction.concerns(new TaskName(json.get("task").textValue()))
                || StreamSupport.stream(json.spliterator(), false).anyMatch(inner -> concerns(inner, redaction));
    }

    private static boolean isTask(JsonNode json) {
        return json.path("task").isTextual() && Names.isName(json.get("task").textValue());
    }

    private static JsonNode step(JsonNode json, Redaction redaction) {
        if (isTask(json) && json.has("payload")) {
            return StoredJson.read(redaction.request(json.toString()));
        }
        if (json instanceof ArrayNode list) {
            ArrayNode shown = list.arrayNode();
            list.forEach(inner -> shown.add(step(inner, redaction)));
            return shown;
        }
        if (json instanceof ObjectNode object) {
            ObjectNode shown = object.objectNode();
            object.properties().forEach(field -> shown.set(field.getKey(), step(field.getValue(), redaction)));
            return shown;
        }
        return json;
    }
}
