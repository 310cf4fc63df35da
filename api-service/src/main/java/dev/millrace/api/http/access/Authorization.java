package dev.millrace.api.http.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the header of this name: a bearer's token (RFC 6750), or HTTP basic with the token as the password (RFC 7617). */
final class Authorization {

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /** What no token is. */
    private static final String NONSENSE = "";

    private Authorization() {}

    /** All headers of this name. */
    static List<String> of(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.AUTHORIZATION);
    }

    /** What is shown as a token, which may be no token at all; empty if nothing is shown. */
    static Optional<String> token(List<String> headers) {
        return headers.isEmpty()
                ? Optional.empty()
                : Optional.of(headers.size() > 1 ? NONSENSE : token(headers.getFirst()));
    }

    private static String token(String header) {
        String scheme = header.substring(0, header.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
        String shown = header.substring(scheme.length()).strip();
        return switch (scheme) {
            case BEARER -> shown;
            case BASIC -> password(shown);
            default -> NONSENSE;
        };
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return NONSENSE;
        }
    }
}
