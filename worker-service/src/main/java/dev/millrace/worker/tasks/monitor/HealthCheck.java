package dev.millrace.worker.tasks.monitor;

import dev.millrace.task.DurationRange;
import dev.millrace.task.Format;
import dev.millrace.worker.outbound.OutboundRequest;
import dev.millrace.worker.outbound.Redirects;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
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
 * @param timeout how long each may take to answer, PT0.001S to PT30S; PT10S if missing
 */
@RegisterForReflection
public record HealthCheck(
        @Size(max = MOST_URLS) List<@Format(Format.HTTP_URL) String> urls,

        @Nullable @DurationRange(min = SHORTEST, max = LONGEST)
        Duration timeout) {

    private static final int MOST_URLS = 20;
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final String SHORTEST = "PT0.001S";
    private static final String LONGEST = "PT30S";

    public HealthCheck {
        urls = requireUrls(urls);
        if (timeout != null
                && (timeout.compareTo(Duration.parse(SHORTEST)) < 0
                        || timeout.compareTo(Duration.parse(LONGEST)) > 0)) {
            throw new IllegalArgumentException(
                    "timeout is %s: it must be from %s to %s.".formatted(timeout, SHORTEST, LONGEST));
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
