package dev.millrace.worker.tasks.feed;

import dev.millrace.task.Format;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code feed.read}.
 *
 * @param url where the feed is, http or https
 * @param since leaves out items published at or before this instant (RFC 3339); items without a readable date stay,
 *     and the result says how many there are
 * @param maxItems how many items to return at most, 1 to 500; 50 if missing
 */
@RegisterForReflection
public record FeedRead(
        @Format(Format.HTTP_URL) String url,
        @Nullable Instant since,
        @Nullable @Min(1) @Max(MOST_ITEMS) Integer maxItems) {

    private static final int DEFAULT_ITEMS = 50;
    private static final int MOST_ITEMS = 500;

    public FeedRead {
        requireUrl(url);
        if (maxItems != null && (maxItems < 1 || maxItems > MOST_ITEMS)) {
            throw new IllegalArgumentException(
                    "maxItems is %d: it must be from 1 to %d.".formatted(maxItems, MOST_ITEMS));
        }
    }

    boolean wants(@Nullable Instant published) {
        return since == null || published == null || published.isAfter(since);
    }

    int limit() {
        return maxItems == null ? DEFAULT_ITEMS : maxItems;
    }

    // A missing property arrives as null, whatever the type says.
    private static void requireUrl(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "url is missing: say where the feed is, such as https://example.org/feed.");
        }
    }
}
