package dev.millrace.api.http.parameters;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header If-Match (RFC 9110): on which versions of a thing the client insists. A weak tag matches none.
 *
 * @param insists whether there is the header
 * @param any whether every version will do: there is none, or it is {@code *}
 * @param tags the strong ones, without their quotes
 */
public record IfMatch(boolean insists, boolean any, List<String> tags) {

    private static final IfMatch NONE = new IfMatch(false, true, List.of());

    private static final Pattern LIST = Pattern.compile("\\s*(W/)?\"[^\"]*\"\\s*(,\\s*(W/)?\"[^\"]*\"\\s*)*");
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** What a request says, null if nothing; what cannot be read is a 400. */
    public static IfMatch of(@Nullable String header) {
        if (header == null) {
            return NONE;
        }
        if (header.strip().equals("*")) {
            return new IfMatch(true, true, List.of());
        }
        if (!LIST.matcher(header).matches()) {
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "If-Match is * or a list of ETags, each in quotes as the answer that it is from had it.")
                    .exception();
        }
        return new IfMatch(true, false, strong(header));
    }

    private static List<String> strong(String header) {
        return TAG.matcher(header)
                .results()
                .filter(tag -> tag.group(1) == null)
                .map(tag -> tag.group(2))
                .toList();
    }

    /** Ends the request with 412 if it insists on another version than this one, which there is. */
    public void require(long version) {
        if (!any && !tags.contains(Long.toString(version))) {
            throw stale().exception();
        }
    }

    /** Ends the request with 412 if it insists on any version: there is none. */
    public void requireNothing() {
        if (insists) {
            throw stale().exception();
        }
    }

    /** What is said of a version that it does not name. */
    public static Problem stale() {
        return Problem.of(ProblemType.STALE, "It has another version than If-Match names. Read it again.");
    }
}
