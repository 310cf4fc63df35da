package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the scope of a node that failed.
 *
 * @param result with which the rest goes on as if the node had succeeded; null for every other kind
 */
public record FailureRule(Kind kind, @Nullable JsonNode result) {

    static final FailureRule FAIL = new FailureRule(Kind.FAIL, null);

    /** The kinds of rules. */
    public enum Kind {
        /** The scope fails; what does not depend on the node goes on. */
        FAIL,
        /** The scope fails, and all that is open in it is cancelled first. */
        ABORT,
        /** The scope succeeds in part. */
        PARTIAL,
        /** As if it had succeeded with a result that the rule names. */
        RESULT
    }
}
