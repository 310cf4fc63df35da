package dev.millrace.worker.run;

import dev.millrace.flow.Flow;
import dev.millrace.job.JobId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a result, or another JSON text, must be so that every reader and store takes it. Depth is limited where it is written. */
final class Results {

    static final int MAX_BYTES = 256 * 1024;

    private Results() {}

    /**
     * What a job ends with whose task has returned a graph: the graph, which the api runs in the place of the job, and the id of the workflow
     * that this is if the job stands alone.
     */
    static String ofFlow(JobId job, Flow flow) {
        return "{\"%s\":%s,\"workflowId\":\"%s\"}".formatted(Flow.RETURNED, flow.toJson(), job.child(Flow.RETURNED));
    }

    /** A sentence that says what is wrong with the JSON text; null if nothing is. */
    static @Nullable String defect(String json) {
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return "The result has %,d bytes of JSON; at most %,d are kept. Store it elsewhere and return where."
                    .formatted(bytes, MAX_BYTES);
        }
        String unstorable = unstorable(json);
        return unstorable == null ? null : "The result contains " + unstorable;
    }

    /** What a JSON text contains that no store takes, as the end of a sentence; null if there is nothing of that kind. */
    static @Nullable String unstorable(String json) {
        if (escapesNul(json)) {
            return "the character U+0000, which cannot be stored.";
        }
        return hasLoneSurrogate(json) ? "a lone surrogate, which is no character." : null;
    }

    /** An escaped backslash before {@code u0000} is a backslash and five harmless characters. */
    private static boolean escapesNul(String json) {
        int at = json.indexOf('\\');
        while (at >= 0) {
            if (json.startsWith("u0000", at + 1)) {
                return true;
            }
            at = json.indexOf('\\', at + 2);
        }
        return false;
    }

    private static boolean hasLoneSurrogate(String json) {
        return json.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
