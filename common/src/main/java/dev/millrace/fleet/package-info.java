/**
 * What workers announce about themselves: that they joined, which tasks they offer, that they live, that they left.
 *
 * <p>Events travel on the fleet stream, each as one flat entry. Readers may meet an entry twice, late or out of order:
 * the entry's id orders them by the clock of Redis, never by that of a worker.
 */
@NullMarked
package dev.millrace.fleet;

import org.jspecify.annotations.NullMarked;
