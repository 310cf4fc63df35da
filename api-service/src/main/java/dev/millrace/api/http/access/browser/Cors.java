package dev.millrace.api.http.access.browser;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Cross-origin resource sharing, for the origins that are named for it; an answer to any other says nothing of it. */
@Singleton
public class Cors {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
                    + " Last-Event-ID, Prefer, traceparent";
    private static final String RESPONSE_HEADERS = "ETag, Idempotency-Replayed, Link, Location, Preference-Applied,"
            + " RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";
    private static final String MAX_AGE_SECONDS = "600";
    private static final int NO_CONTENT = 204;

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
    }

    /** Whether the call only asks what a page may send, and has its answer. Otherwise its answer will say who may read it. */
    public boolean answers(RoutingContext call) {
        if (!origins.areNamed()) {
            return false;
        }
        HttpServerRequest request = call.request();
        call.addHeadersEndHandler(unused -> call.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN));
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.mayCall(origin)) {
            return false;
        }
        return allow(origin, request, call.response());
    }

    private boolean allow(String origin, HttpServerRequest request, HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (origins.mayUseSessions(origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        boolean asksOnly = request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (asksOnly) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                    .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
            response.setStatusCode(NO_CONTENT).end();
        } else {
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        }
        return asksOnly;
    }
}
