package dev.millrace.worker.tasks.feed;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a feed. Texts are plain: markup is removed. Those that were cut end with {@code …}.
 *
 * @param id what its format calls its identity, exactly as written: the guid of RSS, the id of Atom, what an item of RDF
 *     is about; if it has none its link; without a link one made from its other fields. Stays the same as long as these
 *     do
 * @param title at most 500 characters
 * @param link the address of its page, resolved against {@code xml:base} and at last the feed's own address
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
