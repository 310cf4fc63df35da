package dev.millrace.api.http.telemetry;

import dev.millrace.api.http.access.Operations;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Keeps addresses out of the framework's meter of requests. What is refused before it is known which operation it is would stand there as
 * the caller wrote it, with ids of whomever, and as one more series each time.
 */
@Singleton
final class MeteredPaths implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String PATH = "uri";
    private static final Tag OTHER = Tag.of(PATH, "OTHER");

    /** What the framework serves itself, and its words for what has no path. */
    private static final Set<String> FRAMEWORKS = Set.of(
            "/q/metrics",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/openapi",
            "NOT_FOUND",
            "REDIRECTION",
            "root",
            "UNKNOWN");

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getTag(PATH);
        boolean known = path == null || FRAMEWORKS.contains(path) || Operations.hasPath(path);
        return known || !id.getName().equals(REQUESTS) ? id : id.withTags(List.of(OTHER));
    }
}
