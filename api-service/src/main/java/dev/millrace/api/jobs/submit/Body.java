package dev.millrace.api.jobs.submit;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;

/** The caps on bodies. */
public final class Body {

    private static final int MEBIBYTE = 1 << 20;

    private Body() {}

    /** The body if it has at most that many MiB. */
    public static byte[] atMost(int mebibytes, byte[] body) {
        if (body.length > mebibytes * MEBIBYTE) {
            throw Problem.of(
                            ProblemType.TOO_LARGE,
                            "The body is larger than " + mebibytes + " MiB, the most that is read here.")
                    .exception();
        }
        return body;
    }
}
