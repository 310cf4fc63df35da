package dev.millrace.api.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.json.JsonFields;
import java.util.ArrayList;
import java.util.Set;

/** What every body of a request must be. */
public final class Bodies {

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

    /** Ends the request with 422 if anything was wrong so far. */
    public static void requireRight(JsonFields fields) {
        if (!fields.violations().isEmpty()) {
            throw Problem.of(ProblemType.INVALID, fields.violations()).exception();
        }
    }
}
