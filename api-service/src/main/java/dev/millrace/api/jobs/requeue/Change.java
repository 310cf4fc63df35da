package dev.millrace.api.jobs.requeue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.job.QueueName;
import dev.millrace.json.JsonFields;
import dev.millrace.names.Names;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the next run of a job has otherwise than the one before; null for what stays.
 *
 * @param payload not yet held against the task's schema
 * @param queue not yet known to exist
 */
public record Change(@Nullable JsonNode payload, @Nullable QueueName queue) {

    static final Change NONE = new Change(null, null);

    private static final int MAX_BYTES = 1 << 20;

    /**
     * Reads {@code {payload?, queue?}}; no body at all is as good as an empty object. A payload that is given as null is
     * the payload null.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 400, 413 or 422 for a body that is none
     */
    public static Change read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return NONE;
        }
        if (body.length > MAX_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, "The body of a requeue has at most 1 MiB.")
                    .exception();
        }
        return of(Bodies.fields(StrictJson.read(body), "The body of a requeue", Set.of("payload", "queue")));
    }

    private static Change of(JsonFields fields) {
        QueueName queue = fields.text("queue", "a queue's name of " + Names.RULE, QueueName::new);
        Bodies.requireRight(fields);
        return new Change(fields.object().get("payload"), queue);
    }
}
