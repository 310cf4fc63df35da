/**
 * {@code feed.read}: the items of an RSS or Atom feed, newest first.
 *
 * <p>A document is fetched by the guarded client, decoded ({@code Decoding}), mended where servers break XML and the
 * meaning is clear ({@code XmlRepair}), and read by Woodstox, which fetches nothing ({@code XmlSource}). What prefixes
 * and relative links mean depends on the elements around them ({@code Scope}); which field of which format says what,
 * {@code Entry} tells. A broken feed gives what can be read up to the break, and the result says where that is.
 *
 * <p>Trying again may help if the fetch failed; {@code UnreadableFeed} is for good.
 */
@NullMarked
package dev.millrace.worker.tasks.feed;

import org.jspecify.annotations.NullMarked;
