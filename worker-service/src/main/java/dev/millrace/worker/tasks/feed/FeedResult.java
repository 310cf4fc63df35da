package dev.millrace.worker.tasks.feed;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code feed.read}. Nothing that the feed has is missing from it without a word: {@code found} less
 * {@code omitted} less the number of {@code items} is how many items are too old for {@code since}.
 *
 * @param title the feed's title, at most 500 characters
 * @param items newest first, those without a date last; as many of the wanted ones as {@code maxItems} admits and as
 *     fit into 240 KiB
 * @param etag what the server said identifies this state of the feed
 * @param found how many items the feed has, up to where it is broken
 * @param undated how many of those have no readable date, so that {@code since} says nothing of them
 * @param omitted how many wanted items are not among {@code items}
 * @param brokenAtLine the line of the document from which on it could not be read; null if it was read to its end
 * @param guessedCharset the charset in which it was read because its bytes are none of the charset that it or its server
 *     names; null if it is as it says
 */
@RegisterForReflection
public record FeedResult(
        @Nullable String title,
        List<FeedItem> items,
        @Nullable String etag,
        int found,
        int undated,
        int omitted,
        @Nullable Integer brokenAtLine,
        @Nullable String guessedCharset) {

    public FeedResult {
        items = List.copyOf(items);
    }
}
