/**
 * Writes events into the record. What follows an end is part of the commit that brings the end there.
 *
 * <p>All instances share one group. A batch is read, folded to one change per job, written by one statement, committed,
 * and only then acknowledged; a crash anywhere repeats it, which changes nothing. An event that PostgreSQL cannot take,
 * or that nobody can read, goes to quarantine alone, and the job that it would have ended ends FAILED. While PostgreSQL
 * is away the batch is kept and tried again.
 */
@NullMarked
package dev.millrace.api.record.projection;

import org.jspecify.annotations.NullMarked;
