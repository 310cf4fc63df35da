/** Keeps entries of streams that nobody can read, in the table {@code scheduler.quarantine}, for people to look at. */
@NullMarked
package dev.millrace.scheduler.quarantine;

import org.jspecify.annotations.NullMarked;
