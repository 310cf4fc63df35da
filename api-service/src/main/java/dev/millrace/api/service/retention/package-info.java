/**
 * Deletes what is too old to be kept, when an entry of the stream of maintenance asks for it.
 *
 * <p>A request goes to one instance, which deletes a thousand rows a commit, with a pause after each, and acknowledges it
 * when nothing is left to delete. Should it die, or take longer than half a minute, another instance does the same beside it:
 * rows that somebody works on are passed over. What is deleted has ended long ago, so nobody waits for these rows, and
 * deleting half of them is as good as none.
 */
@NullMarked
package dev.millrace.api.service.retention;

import org.jspecify.annotations.NullMarked;
