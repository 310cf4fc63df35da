/**
 * What must be true of servers that are not ours before anything is started on them.
 *
 * <p>Each check asks one server once and either returns or throws {@link dev.millrace.embedded.CannotStart} with what to
 * change there. The services check again for themselves; here a person waits, and reads one line instead of three logs.
 * No message shows a password.
 */
@NullMarked
package dev.millrace.local.check;

import org.jspecify.annotations.NullMarked;
