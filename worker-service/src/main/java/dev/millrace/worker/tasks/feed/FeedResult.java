package dev.millrace.worker.tasks.feed;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code feed.read}.
 *
 * @param title the feed's title, at most 500 characters
 * @param items newest first, those without a date last; as many of the wanted ones as fit into 240 KiB
 * @param etag what the server said identifies this state of the feed
 */
@RegisterForReflection
public record FeedResult(
        @Nullable String title,
        List<FeedItem> items,
        @Nullable String etag) {

    public FeedResult {
        items = List.copyOf(items);
    }
}
