/**
 * Reads streams. A {@link dev.millrace.stream.groups.GroupMember} makes consumers: each gives a handler the entries of a stream
 * batch by batch, acknowledges what was dealt with, and puts aside what never can be. A tail sees each entry once it is
 * there. Upkeep keeps streams short behind their readers, and groups free of consumers that are gone.
 *
 * <p>After a crash, what was read and not acknowledged is read again, by another member that takes it over after half a minute.
 */
@NullMarked
package dev.millrace.stream.groups;

import org.jspecify.annotations.NullMarked;
