/**
 * What lies in Redis: the names of streams and keys, and the codecs between entries and values. Needs no connection.
 *
 * <p>A codec answers {@link dev.millrace.stream.entries.Reading.Refused} for an entry that it cannot read and throws
 * nothing for it, so that a reader passes on to its next entry.
 */
@NullMarked
package dev.millrace.stream.entries;

import org.jspecify.annotations.NullMarked;
