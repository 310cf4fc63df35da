package dev.millrace.api.jobs.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.json.JsonFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {task?, queue?, errorType?, limit, dryRun?}}.
 *
 * @param limit how many to requeue at most, 1 to {@value #MOST}
 */
record RequeueRequest(Filter filter, int limit, boolean dryRun) {

    static final int MOST = 10_000;

    private static final Set<String> FIELDS = Set.of("task", "queue", "errorType", "limit", "dryRun");

    /** Throws a problem 400 or 422 for a body that is none. */
    static RequeueRequest read(String tenant, byte[] body) {
        JsonFields fields = Bodies.fields(StrictJson.read(body), "The body", FIELDS);
        String task = text(fields, "task");
        String queue = text(fields, "queue");
        String errorType = text(fields, "errorType");
        Integer limit = fields.read("limit", "a whole number from 1 to 10,000", RequeueRequest::limit);
        Boolean dryRun = fields.read("dryRun", "true or false", RequeueRequest::yes);
        if (!fields.has("limit")) {
            fields.wrong("limit", "'limit' is missing; it says how many are requeued at most, 1 to 10,000.");
        }
        Bodies.requireRight(fields);
        Filter filter = new Filter(tenant, true, task, queue, errorType, null, null, null);
        return new RequeueRequest(filter, limit == null ? 0 : limit, Boolean.TRUE.equals(dryRun));
    }

    private static @Nullable String text(JsonFields fields, String name) {
        return fields.text(name, "a text of 1 to 255 characters", text -> {
            JsonFields.require(!text.isEmpty() && text.length() <= 255);
            return text;
        });
    }

    private static int limit(JsonNode value) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt());
        JsonFields.require(value.intValue() >= 1 && value.intValue() <= MOST);
        return value.intValue();
    }

    private static boolean yes(JsonNode value) {
        JsonFields.require(value.isBoolean());
        return value.booleanValue();
    }
}
