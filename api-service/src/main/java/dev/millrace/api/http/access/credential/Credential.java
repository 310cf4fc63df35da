package dev.millrace.api.http.access.credential;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request shows of who sends it, which may be nothing that anybody knows: behind {@code Bearer} (RFC 6750), as the password
 * of HTTP basic (RFC 7617), or in the session's cookie. Its text never shows.
 */
public record Credential(String text, Kind kind) {

    /** Where it stands. */
    public enum Kind {
        BEARER,
        BASIC,
        COOKIE
    }

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /** What no token is. */
    private static final String NONSENSE = "";

    /** Empty if nothing is shown. The header counts, if there is one, and else the cookie. */
    public static Optional<Credential> of(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        return headers.isEmpty()
                ? inCookies(SessionCookie.of(request).values(request.headers().getAll(HttpHeaders.COOKIE)))
                : Optional.of(inHeaders(headers));
    }

    /** Of all headers of this name. */
    static Credential inHeaders(List<String> headers) {
        return headers.size() == 1 ? inHeader(headers.getFirst()) : new Credential(NONSENSE, Kind.BEARER);
    }

    /** Of all cookies of this name. */
    static Optional<Credential> inCookies(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential(values.size() > 1 ? NONSENSE : values.getFirst(), Kind.COOKIE));
    }

    private static Credential inHeader(String header) {
        String scheme = header.substring(0, header.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
        String shown = header.substring(scheme.length()).strip();
        return switch (scheme) {
            case BEARER -> new Credential(shown, Kind.BEARER);
            case BASIC -> new Credential(password(shown), Kind.BASIC);
            default -> new Credential(NONSENSE, Kind.BEARER);
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

    @Override
    public String toString() {
        return "Credential " + kind;
    }
}
