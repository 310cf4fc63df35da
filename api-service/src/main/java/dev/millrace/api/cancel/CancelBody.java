package dev.millrace.api.cancel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.json.StrictJson;
import dev.millrace.api.problem.Problem;
import dev.millrace.api.problem.ProblemType;
import dev.millrace.api.problem.Violation;
import java.util.List;
import java.util.Map;
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
        if (!body.isObject()) {
            throw Problem.at(ProblemType.INVALID, "", "The body of a cancel is an object, or there is none.")
                    .exception();
        }
        requireKnown(body);
        JsonNode reason = body.path("reason");
        if (reason.isMissingNode() || reason.isNull()) {
            return null;
        }
        if (!reason.isTextual() || reason.textValue().length() > MAX_CHARS) {
            throw Problem.at(ProblemType.INVALID, "/reason", "'reason' is to be a text of at most 1,024 characters.")
                    .exception();
        }
        return reason.textValue();
    }

    private static void requireKnown(JsonNode body) {
        List<Violation> unknown = body.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("reason"))
                .map(name -> new Violation(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no such field. Remove it, or correct its name."))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, unknown).exception();
        }
    }
}
