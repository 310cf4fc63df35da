package dev.millrace.api.submit;

import dev.millrace.api.access.Caller;
import dev.millrace.api.problem.Problem;
import dev.millrace.api.problem.ProblemReplies;
import dev.millrace.api.problem.ProblemType;
import dev.millrace.api.problem.TraceIds;
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
record Call(
        String tenant,
        @Nullable IdempotencyKey key,
        @Nullable String traceParent,
        Optional<Duration> patience) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");

    static Call of(Caller caller, HttpHeaders headers) {
        List<String> preferences = headers.getRequestHeaders().getOrDefault("Prefer", List.of());
        return new Call(
                caller.tenant(),
                key(caller, headers.getHeaderString(IDEMPOTENCY_KEY)),
                TraceIds.validParent(headers.getHeaderString(ProblemReplies.TRACE_PARENT)),
                Preference.ofWait(preferences));
    }

    private static @Nullable IdempotencyKey key(Caller caller, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!PRINTABLE.matcher(text).matches()) {
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "An Idempotency-Key has 1 to 255 printable ASCII characters; this one has not.")
                    .exception();
        }
        return new IdempotencyKey(caller.tenant(), text);
    }
}
