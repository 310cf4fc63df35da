package dev.millrace.worker.tasks.feed;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a feed. Texts are plain: markup is removed.
 *
 * @param id the feed's own id of the item; if it has none its link; without a link one made from its other fields. Stays
 *     the same as long as these do
 * @param title at most 500 characters
 * @param link the page of the item
 * @param published when it was published, or else updated; null if the feed says neither in a readable way
 * @param summary the description, or else the content, at most 2,000 characters
 */
@RegisterForReflection
public record FeedItem(
        String id,
        @Nullable String title,
        @Nullable String link,
        @Nullable Instant published,
        @Nullable String summary) {}
