/**
 * Ending jobs that have not succeeded: because a client cancels them, or because they expire before they start.
 *
 * <p>A cancel is committed before Redis is asked, so that it outlives Redis and this process; from then on nobody
 * enqueues the job. Redis settles what it holds. What it does not hold, because PostgreSQL keeps the job or is about to
 * publish it, is ended in PostgreSQL: Redis then refuses that run for 20 s, which is longer than any publisher may be
 * late. Both roles go over their rows again and again, so that a crash at any point only delays them.
 */
@NullMarked
package dev.millrace.api.jobs.cancel;

import org.jspecify.annotations.NullMarked;
