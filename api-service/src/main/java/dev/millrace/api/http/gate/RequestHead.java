package dev.millrace.api.http.gate;

import dev.millrace.api.http.access.credential.TokenText;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of a request before its body.
 *
 * @param address path and query as they were sent
 * @param headerBytes of all names and values
 * @param bodyBytes that are announced; 0 if none are
 * @param coding of the body, that is Content-Encoding; empty without one
 * @param mediaType of the body, that is Content-Type; empty without one
 */
record RequestHead(String address, int headerBytes, long bodyBytes, String coding, String mediaType) {

    static final int MAX_ADDRESS_BYTES = 8 << 10;
    static final int MAX_HEADER_BYTES = 16 << 10;
    static final long MAX_BODY_BYTES = 8 << 20;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";

    /** As RFC 6750 has it, 2.3, and others after it. */
    private static final Pattern TOKEN_PARAMETER = Pattern.compile(
            "[?&](?:access_token|id_token|token|api_key|apikey|authorization)=", Pattern.CASE_INSENSITIVE);

    private static final Pattern JSON_WEB_TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.");

    /** RFC 9110, 8.3.1. The framework would stumble over what is none. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "(?:\\s*;\\s*(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?)*");

    /** Why the request goes no further; empty if it may pass. */
    Optional<Problem> refusal() {
        return Stream.of(longAddress(), tokenInAddress(), largeHeaders(), largeBody(), codedBody(), noMediaType())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Problem> longAddress() {
        return when(
                address.length() > MAX_ADDRESS_BYTES,
                ProblemType.ADDRESS_TOO_LONG,
                "The address has " + address.length() + " bytes; at most " + MAX_ADDRESS_BYTES + " are read.");
    }

    private Optional<Problem> tokenInAddress() {
        return when(
                TOKEN_PARAMETER.matcher(address).find()
                        || JSON_WEB_TOKEN.matcher(address).find()
                        || TokenText.isIn(address),
                ProblemType.TOKEN_IN_ADDRESS,
                "Tokens are not taken from addresses. Send it in the header Authorization, or open a session: POST /api/v1/session.");
    }

    private Optional<Problem> largeHeaders() {
        return when(
                headerBytes > MAX_HEADER_BYTES,
                ProblemType.HEADERS_TOO_LARGE,
                "The headers have " + headerBytes + " bytes; at most " + MAX_HEADER_BYTES + " are read.");
    }

    private Optional<Problem> largeBody() {
        return when(
                bodyBytes > MAX_BODY_BYTES,
                ProblemType.TOO_LARGE,
                "The body has " + bodyBytes + " bytes; no body of more than 8 MiB is read.");
    }

    private Optional<Problem> codedBody() {
        return when(
                !coding.isEmpty() && !coding.equalsIgnoreCase("identity"),
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The body has a Content-Encoding. Bodies are read as they are; send it without.");
    }

    private Optional<Problem> noMediaType() {
        return when(
                !mediaType.isEmpty() && !MEDIA_TYPE.matcher(mediaType).matches(),
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The header Content-Type is no media type. Send application/json.");
    }

    private static Optional<Problem> when(boolean holds, ProblemType type, String detail) {
        return holds ? Optional.of(Problem.of(type, detail)) : Optional.empty();
    }
}
