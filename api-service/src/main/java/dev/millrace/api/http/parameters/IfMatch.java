package dev.millrace.api.http.parameters;

import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header If-Match (RFC 9110): on which versions the client insists. A weak tag matches none.
 *
 * @param tags the strong ones, without their quotes; empty with {@code *}
 * @param any whether it is {@code *}
 */
public record IfMatch(List<String> tags, boolean any) {

    private static final Pattern LIST = Pattern.compile("\\s*(W/)?\"[^\"]*\"\\s*(,\\s*(W/)?\"[^\"]*\"\\s*)*");
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /** Empty without the header; one that cannot be read is a 400. */
    public static Optional<IfMatch> of(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (header.strip().equals("*")) {
            return Optional.of(new IfMatch(List.of(), true));
        }
        if (!LIST.matcher(header).matches()) {
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "If-Match is * or a list of ETags, each in quotes as the answer that it is from had it.")
                    .exception();
        }
        return Optional.of(new IfMatch(strong(header), false));
    }

    private static List<String> strong(String header) {
        return TAG.matcher(header)
                .results()
                .filter(tag -> tag.group(1) == null)
                .map(tag -> tag.group(2))
                .toList();
    }

    /** Ends the request with 412 unless it insists on nothing that this version is not. */
    public void require(long version) {
        if (!any && !tags.contains(Long.toString(version))) {
            throw stale().exception();
        }
    }

    /** What is said of a version that it does not name. */
    public static Problem stale() {
        return Problem.of(ProblemType.STALE, "It has another version than If-Match names. Read it again.");
    }
}
