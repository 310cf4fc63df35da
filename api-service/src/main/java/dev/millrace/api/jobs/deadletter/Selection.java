package dev.millrace.api.jobs.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which open letters are meant, as {@code {task?, queue?, errorType?, fingerprint?, limit, dryRun?}} says.
 *
 * @param limit how many at most, 1 to {@value #MOST}
 * @param dryRun whether they are only counted
 */
record Selection(Filter filter, int limit, boolean dryRun) {

    static final int MOST = 10_000;

    private static final int MAX_BYTES = 64 << 10;
    private static final Set<String> FIELDS = Set.of("task", "queue", "errorType", "fingerprint", "limit", "dryRun");

    /** Throws a problem 400, 413 or 422 for a body that is none. */
    static Selection read(String tenant, byte[] body) {
        if (body.length > MAX_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, "The body has at most 64 KiB.")
                    .exception();
        }
        JsonFields fields = Bodies.fields(StrictJson.read(body), "The body", FIELDS);
        String task = text(fields, "task");
        String queue = text(fields, "queue");
        String errorType = text(fields, "errorType");
        String fingerprint = text(fields, "fingerprint");
        Integer limit = fields.read("limit", "a whole number from 1 to 10,000", Selection::limit);
        Boolean dryRun = fields.read("dryRun", "true or false", Selection::yes);
        if (!fields.has("limit")) {
            fields.wrong("limit", "'limit' is missing; it says how many are meant at most, 1 to 10,000.");
        }
        Bodies.requireRight(fields);
        Filter filter = new Filter(tenant, true, task, queue, errorType, fingerprint, null, null, null);
        return new Selection(filter, limit == null ? 0 : limit, Boolean.TRUE.equals(dryRun));
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
