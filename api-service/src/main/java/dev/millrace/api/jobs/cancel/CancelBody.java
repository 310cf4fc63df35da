package dev.millrace.api.jobs.cancel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code {reason?}}; no body at all is as good as an empty object. */
final class CancelBody {

    private static final int MAX_CHARS = 1024;
    private static final int MAX_BYTES = 64 << 10;

    private CancelBody() {}

    /** Null without a reason. */
    static @Nullable String reason(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        if (body.length > MAX_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, "The body of a cancel has at most 64 KiB.")
                    .exception();
        }
        return reason(StrictJson.read(body));
    }

    private static @Nullable String reason(JsonNode body) {
        JsonFields fields = Bodies.fields(body, "The body of a cancel", Set.of("reason"));
        String reason = fields.text("reason", "a text of at most 1,024 characters", CancelBody::bounded);
        Bodies.requireRight(fields);
        return reason;
    }

    private static String bounded(String reason) {
        if (reason.length() > MAX_CHARS) {
            throw new IllegalArgumentException("The reason is too long.");
        }
        return reason;
    }
}
