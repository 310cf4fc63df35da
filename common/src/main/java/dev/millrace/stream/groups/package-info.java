/**
 * Reads streams: as a member of a consumer group, each entry until it is acknowledged, or as a tail, each entry once it is
 * there. Keeps streams short behind their readers, and groups free of consumers that are gone.
 *
 * <p>After a crash, what was read and not acknowledged is read again, by the same consumer or by another that claims it.
 */
@NullMarked
package dev.millrace.stream.groups;

import org.jspecify.annotations.NullMarked;
