package dev.millrace.api.http.gate;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What every answer tells browsers: that it is what its type says, to be framed, run or kept by nobody, and told to no other site. What
 * an answer says itself of these stands, as the pages of a dashboard would.
 */
final class SafeHeaders {

    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence TRANSPORT = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");
    private static final Map<CharSequence, CharSequence> ALWAYS = always();

    private SafeHeaders() {}

    /** Has them added when the head of the answer is written, whoever writes it. */
    static void promise(RoutingContext call) {
        call.addHeadersEndHandler(unused -> {
            MultiMap headers = call.response().headers();
            ALWAYS.forEach((name, value) -> addIfMissing(headers, name, value));
            if (isByTls(call.request())) {
                addIfMissing(headers, TRANSPORT, A_YEAR);
            }
        });
    }

    /** Here, or at a proxy that says so. */
    private static boolean isByTls(HttpServerRequest request) {
        return request.isSSL() || "https".equals(request.getHeader(FORWARDED_PROTO));
    }

    private static void addIfMissing(MultiMap headers, CharSequence name, CharSequence value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private static Map<CharSequence, CharSequence> always() {
        Map<CharSequence, CharSequence> headers = new LinkedHashMap<>();
        Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "Content-Security-Policy",
                                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                        "X-Frame-Options", "DENY",
                        "Referrer-Policy", "no-referrer",
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Cross-Origin-Resource-Policy", "same-origin",
                        "Cache-Control", "no-store")
                .forEach((name, value) ->
                        headers.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
        return headers;
    }
}
