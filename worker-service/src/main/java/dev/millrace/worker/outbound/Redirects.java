package dev.millrace.worker.outbound;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;

/** What is done about an answer of status 301, 302, 303, 307 or 308. */
@RegisterForReflection
public enum Redirects {
    /**
     * It is followed as browsers do: after 301 and 302 POST becomes GET, after 303 every method but HEAD does; 307 and
     * 308 keep method and body.
     */
    @JsonProperty("follow")
    FOLLOW,

    /** It is followed, and 301 and 302 keep method and body too. After 303, which says to GET, GET it is. */
    @JsonProperty("same-method")
    SAME_METHOD,

    /** It is the answer. */
    @JsonProperty("none")
    NONE;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Whether an answer of that status redirects. */
    public static boolean isRedirect(int status) {
        return STATUSES.contains(status);
    }

    /** The method to ask with after an answer that redirects. */
    String methodAfter(int status, String method) {
        return switch (status) {
            case 303 -> method.equals("HEAD") ? method : "GET";
            case 301, 302 -> method.equals("POST") && this != SAME_METHOD ? "GET" : method;
            default -> method;
        };
    }
}
