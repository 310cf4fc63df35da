/**
 * The owner of the table {@code api.job}: what its rows are, how new ones are written, and how they are read.
 *
 * <p>A row is written in the transaction of whoever accepts the job, and its status moves in those of the projection, of
 * cancels and of requeues. Nothing here commits by itself: a crash before the commit has changed nothing, and after it the row
 * is as it was written, with all {@linkplain dev.millrace.api.record.job.EndEffects effects} of an end. Writers lock rows in
 * the order of their ids, so that they do not deadlock.
 */
@NullMarked
package dev.millrace.api.record.job;

import org.jspecify.annotations.NullMarked;
