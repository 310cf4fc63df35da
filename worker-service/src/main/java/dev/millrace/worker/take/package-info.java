/**
 * Brings jobs into this worker's hands: one reader for each queue it serves, which takes no more than the queue has
 * slots and prefetch for.
 *
 * <p>An idle reader blocks in Redis, so a job starts within a round trip of its arrival; a busy one takes in batches.
 */
@NullMarked
package dev.millrace.worker.take;

import org.jspecify.annotations.NullMarked;
