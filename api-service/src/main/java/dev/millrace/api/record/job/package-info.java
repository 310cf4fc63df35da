/**
 * The owner of the table {@code api.job}: what its rows are, how new ones are written, and how they are read.
 *
 * <p>A row is written in the transaction of whoever accepts the job, and is there after its commit, whatever dies; nothing
 * here commits by itself. Writers lock rows in the order of their ids, so that they do not deadlock.
 */
@NullMarked
package dev.millrace.api.record.job;

import org.jspecify.annotations.NullMarked;
