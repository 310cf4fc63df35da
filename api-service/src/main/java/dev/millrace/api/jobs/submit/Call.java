package dev.millrace.api.jobs.submit;

import dev.millrace.api.http.access.Caller;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.http.problem.ProblemReplies;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.api.http.problem.TraceIds;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a submitting request says beside its body.
 *
 * @param key null without an Idempotency-Key
 * @param traceParent null without a valid one
 * @param patience how long the client would wait for the end
 */
public record Call(
        String tenant,
        IdempotencyKeys.@Nullable Key key,
        @Nullable String traceParent,
        Optional<Duration> patience) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");

    /**
     * What a request says.
     *
     * @throws ProblemException 400 if its key is malformed
     */
    public static Call of(Caller caller, HttpHeaders headers) {
        List<String> preferences = headers.getRequestHeaders().getOrDefault("Prefer", List.of());
        return new Call(
                caller.tenant(),
                key(caller, headers.getRequestHeaders().getOrDefault(IDEMPOTENCY_KEY, List.of())),
                TraceIds.parentOf(headers.getHeaderString(ProblemReplies.TRACE_PARENT)),
                Preference.ofWait(preferences));
    }

    private static IdempotencyKeys.@Nullable Key key(Caller caller, List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        if (headers.size() > 1) {
            throw bad("A call has one Idempotency-Key, not " + headers.size() + ".");
        }
        if (!PRINTABLE.matcher(headers.getFirst()).matches()) {
            throw bad("An Idempotency-Key has 1 to 255 printable ASCII characters; this one has not.");
        }
        return new IdempotencyKeys.Key(caller.tenant(), headers.getFirst());
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemType.BAD_REQUEST, detail).exception();
    }
}
