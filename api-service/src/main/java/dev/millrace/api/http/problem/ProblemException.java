package dev.millrace.api.http.problem;

import java.util.Map;

/** Ends a request with a problem. It is an answer and not a fault, and therefore carries no stack trace. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** @param headers of the answer, beside those of its type */
    ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    /** What its answer says beside the headers of its type. */
    public Map<String, String> headers() {
        return headers;
    }

    public Problem problem() {
        return problem;
    }
}
