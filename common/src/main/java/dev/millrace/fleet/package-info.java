/**
 * What workers announce about themselves: that they joined, which tasks they offer, that they live, that they left; and what
 * operators ask of processes, with their replies.
 *
 * <p>Events travel on the fleet stream, commands and replies on streams of their own, each as one flat entry. Readers may meet an
 * entry twice, late or out of order: the entry's id orders them by the clock of Redis, never by that of a worker.
 */
@NullMarked
package dev.millrace.fleet;

import org.jspecify.annotations.NullMarked;
