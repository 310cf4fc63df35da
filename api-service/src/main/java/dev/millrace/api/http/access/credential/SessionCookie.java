package dev.millrace.api.http.access.credential;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. Its prefix has browsers take it from this host alone, and only by TLS. On loopback, where there is none, it
 * goes by another name without the prefix, which counts nowhere else.
 */
public record SessionCookie(String name, boolean secure) {

    static final SessionCookie BY_TLS = new SessionCookie("__Host-millrace", true);
    static final SessionCookie ON_LOOPBACK = new SessionCookie("millrace", false);

    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(?i)(?:.+\\.)?localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

    /** That of a request, by how it came. */
    public static SessionCookie of(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return of(request.scheme(), authority == null ? null : authority.host(), arrivesOnLoopback(request));
    }

    static SessionCookie of(@Nullable String scheme, @Nullable String host, boolean onLoopback) {
        boolean plain = !"https".equals(scheme);
        return plain
                        && onLoopback
                        && host != null
                        && LOOPBACK_NAME.matcher(host).matches()
                ? ON_LOOPBACK
                : BY_TLS;
    }

    private static boolean arrivesOnLoopback(HttpServerRequest request) {
        SocketAddress address = request.localAddress();
        String host = address == null ? null : address.hostAddress();
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** Its values in headers {@code Cookie}: one, unless somebody else has set one too. */
    List<String> values(List<String> headers) {
        String before = name + "=";
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(before))
                .map(pair -> pair.substring(before.length()))
                .toList();
    }

    /** The header {@code Set-Cookie} that gives it to a browser for so long. */
    public String given(String value, Duration lifetime) {
        return name + "=" + value + "; Path=/; Max-Age=" + lifetime.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    /** The header {@code Set-Cookie} that takes it away again. */
    public String taken() {
        return given("", Duration.ZERO);
    }
}
