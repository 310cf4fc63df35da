package dev.millrace.api.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every body of a request must be. */
public final class Bodies {

    private static final int MEBIBYTE = 1 << 20;

    private Bodies() {}

    /**
     * The fields of a body that is an object and has no others.
     *
     * @param what the body is, beginning a sentence
     * @throws dev.millrace.api.http.problem.ProblemException 422 if it is none, 400 if it has others
     */
    public static JsonFields fields(JsonNode body, String what, Set<String> known) {
        if (!body.isObject()) {
            throw Problem.at(ProblemType.INVALID, "", what + " is to be a JSON object.")
                    .exception();
        }
        JsonFields fields = new JsonFields("", body, new ArrayList<>());
        if (!fields.refuseOthers(known)) {
            throw Problem.of(ProblemType.UNKNOWN_FIELD, fields.violations()).exception();
        }
        return fields;
    }

    /**
     * The body if it has at most that many MiB.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 413 if it has more
     */
    public static byte[] atMost(int mebibytes, byte[] body) {
        if (body.length > mebibytes * MEBIBYTE) {
            throw Problem.of(
                            ProblemType.TOO_LARGE,
                            "The body is larger than " + mebibytes + " MiB, the most that is read here.")
                    .exception();
        }
        return body;
    }

    /** Passes a body that has nothing to say: none, or an empty object. */
    public static void requireEmpty(byte @Nullable [] body) {
        if (body != null && body.length > 0) {
            fields(StrictJson.read(atMost(1, body)), "The body", Set.of());
        }
    }

    /** Ends the request with 422 if anything was wrong so far. */
    public static void requireRight(JsonFields fields) {
        if (!fields.violations().isEmpty()) {
            throw Problem.of(ProblemType.INVALID, fields.violations()).exception();
        }
    }
}
