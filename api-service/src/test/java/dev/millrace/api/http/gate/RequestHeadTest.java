package dev.millrace.api.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestHeadTest {

    private static final long BODY = RequestHead.MAX_BODY_BYTES;

    /** What is known of a request, and the type that it is refused with; null if it may pass. */
    record Case(RequestHead head, @Nullable ProblemType refusal) {}

    private static RequestHead of(String address) {
        return new RequestHead(address, 0, 0, "", "");
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new RequestHead("/api/v1/jobs?q=%C3%A9%25", 100, 0, "", "application/json"), null),
                new Case(new RequestHead("/" + "a".repeat(8191), 16 << 10, BODY, "Identity", "application/json"), null),
                new Case(
                        new RequestHead("/" + "a".repeat(8192), 0, 0, "", "application/json"),
                        ProblemType.ADDRESS_TOO_LONG),
                new Case(of("/api/v1/events?access_token=x"), ProblemType.TOKEN_IN_ADDRESS),
                new Case(of("/api/v1/events?queue=a&TOKEN=x"), ProblemType.TOKEN_IN_ADDRESS),
                new Case(of("/api/v1/events?x=" + TokenText.next(new Random(7)).value()), ProblemType.TOKEN_IN_ADDRESS),
                new Case(of("/jobs/" + TokenText.nextOfSession(new Random(7)).value()), ProblemType.TOKEN_IN_ADDRESS),
                new Case(of("/?x=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln"), ProblemType.TOKEN_IN_ADDRESS),
                new Case(of("/api/v1/tokens/4fGhT0aQ?cursor=mr_12345678_short"), null),
                new Case(
                        new RequestHead("/", (16 << 10) + 1, 0, "", "application/json"), ProblemType.HEADERS_TOO_LARGE),
                new Case(new RequestHead("/", 0, BODY + 1, "", "application/json"), ProblemType.TOO_LARGE),
                new Case(new RequestHead("/", 0, Long.MAX_VALUE, "gzip", "application/json"), ProblemType.TOO_LARGE),
                new Case(new RequestHead("/", 0, 5, "gzip", "application/json"), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(
                        new RequestHead("/", 0, 5, "gzip, identity", "application/json"),
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(typed(""), null),
                new Case(typed("application/json;charset=UTF-8; x=\"a;\\\"b\" ;"), null),
                new Case(typed("\""), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(typed("json"), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(typed("a/b/c"), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(typed("application/json; ="), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                new Case(typed("application/json; a=\""), ProblemType.UNSUPPORTED_MEDIA_TYPE));
    }

    private static RequestHead typed(String mediaType) {
        return new RequestHead("/", 0, 5, "", mediaType);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesOrIsRefused(Case one) {
        assertThat(one.head().refusal().map(Problem::type).orElse(null)).isEqualTo(one.refusal());
    }
}
