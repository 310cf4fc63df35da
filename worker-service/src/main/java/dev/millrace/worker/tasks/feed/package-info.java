/**
 * {@code feed.read}: the items of an RSS or Atom feed, newest first.
 *
 * <p>A document is fetched by the guarded client, turned into clean UTF-8, looked at once to see what it is, and then
 * read by the rssreader library. The library's own HTTP is never used; DTDs and external entities are off. Broken feeds
 * give what can be read up to the break.
 */
@NullMarked
package dev.millrace.worker.tasks.feed;

import org.jspecify.annotations.NullMarked;
