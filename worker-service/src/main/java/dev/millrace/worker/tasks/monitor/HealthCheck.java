package dev.millrace.worker.tasks.monitor;

import dev.millrace.worker.outbound.OutboundRequest;
import dev.millrace.worker.outbound.Redirects;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code monitor.health}.
 *
 * @param urls what to ask, http or https, 20 at most; none to look at Redis alone
 * @param timeout how long each may take to answer, more than zero to PT30S; PT10S if missing
 */
@RegisterForReflection
public record HealthCheck(List<String> urls, @Nullable Duration timeout) {

    private static final int MOST_URLS = 20;
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public HealthCheck {
        urls = requireUrls(urls);
        if (timeout != null && (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "timeout is %s: it must be more than zero, and at most %s.".formatted(timeout, LONGEST));
        }
    }

    OutboundRequest request(String url, Instant deadline) {
        Duration atMost = timeout == null ? USUAL : timeout;
        return new OutboundRequest(
                "GET",
                url,
                Map.of(),
                Optional.empty(),
                deadline,
                Optional.of(atMost),
                OptionalLong.empty(),
                Redirects.FOLLOW);
    }

    // What is missing, or null in a list, arrives as null, whatever the type says.
    private static List<String> requireUrls(@Nullable List<@Nullable String> urls) {
        if (urls == null || urls.size() > MOST_URLS) {
            throw new IllegalArgumentException("urls %s: give up to %d, such as https://example.org/health."
                    .formatted(urls == null ? "is missing" : "has " + urls.size(), MOST_URLS));
        }
        return urls.stream().map(HealthCheck::requireUrl).toList();
    }

    private static String requireUrl(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("urls has an empty one: give it a text, or leave it out.");
        }
        return url;
    }
}
