package dev.millrace.listen;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the meters of a service without a record of tokens from those who do not know the one it was started with, since they name
 * tasks and queues. Health is for everybody: it is what probes ask, and says how the service is. On loopback nothing is asked.
 */
public final class PortGuard {

    private static final String METRICS_TOKEN = "MILLRACE_ACCESS_METRICS_TOKEN (millrace.access.metrics-token)";
    private static final String METERS = "/q/metrics*";
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final String CHALLENGE = "Bearer realm=\"millrace\", Basic realm=\"millrace\", charset=\"UTF-8\"";
    private static final int UNAUTHORIZED = 401;

    /** Who shows a wrong token waits so long for the answer. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final boolean alone;
    private final Optional<byte[]> token;

    private PortGuard(boolean alone, Optional<byte[]> token) {
        this.alone = alone;
        this.token = token;
    }

    /**
     * That of a service which listens there.
     *
     * @throws IllegalStateException if others can reach it while access control is off
     * @throws IllegalArgumentException if its token can be guessed, which is not quoted
     */
    public static PortGuard of(String host, ListenConfig config) {
        if (!config.enabled()) {
            LoopbackOnly.check(host);
        }
        return new PortGuard(
                LoopbackOnly.holds(host),
                config.metricsToken().map(text -> hash(StrongSecret.require(METRICS_TOKEN, text))));
    }

    /** Stands before what the framework serves. */
    public void stand(Router router) {
        if (!alone) {
            router.route(METERS).order(Integer.MIN_VALUE).handler(this::admit);
        }
    }

    private void admit(RoutingContext call) {
        String shown = call.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (shown == null) {
            refuse(call);
        } else if (isGood(shown)) {
            call.next();
        } else {
            call.vertx().setTimer(PAUSE_AFTER_FAILURE.toMillis(), passed -> refuse(call));
        }
    }

    private boolean isGood(String header) {
        return token.filter(good -> MessageDigest.isEqual(good, hash(secret(header))))
                .isPresent();
    }

    private static void refuse(RoutingContext call) {
        call.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader("WWW-Authenticate", CHALLENGE)
                .end();
    }

    /** Behind Bearer, or as the password of HTTP basic; what no token is, if the header is neither. */
    private static String secret(String header) {
        String scheme = header.substring(0, header.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
        String rest = header.substring(scheme.length()).strip();
        return switch (scheme) {
            case BEARER -> rest;
            case BASIC -> password(rest);
            default -> "";
        };
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
