package dev.millrace.api.http.access.browser;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of a call which page had a browser make it. */
@Singleton
public class Origins {

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String OWN_PAGE = "same-origin";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final CorsSettings settings;

    @Inject
    Origins(CorsConfig config) {
        this(CorsSettings.of(config));
    }

    Origins(CorsSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether the call changes something and no page of ours had it made, nor one of an origin that may use sessions. Who
     * does not say where it comes from is taken for foreign.
     */
    public boolean isForeignChange(HttpServerRequest request) {
        return isForeignChange(request.method(), request.getHeader(FETCH_SITE), request.getHeader(HttpHeaders.ORIGIN));
    }

    /** Whether a browser sends it for a page. */
    public boolean comesFromAPage(HttpServerRequest request) {
        return request.headers().contains(FETCH_SITE) || request.headers().contains(HttpHeaders.ORIGIN);
    }

    boolean isForeignChange(HttpMethod method, @Nullable String site, @Nullable String origin) {
        return !READING.contains(method) && !OWN_PAGE.equals(site) && !mayUseSessions(origin);
    }

    /** Whether pages of other origins may call at all. */
    boolean areNamed() {
        return !settings.origins().isEmpty();
    }

    boolean mayCall(@Nullable String origin) {
        return origin != null && settings.origins().contains(origin);
    }

    boolean mayUseSessions(@Nullable String origin) {
        return origin != null && settings.credentials().contains(origin);
    }
}
