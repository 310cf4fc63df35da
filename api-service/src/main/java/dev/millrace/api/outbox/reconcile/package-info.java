/**
 * Puts every live job back after Redis lost its data, or was restarted, or was never used before.
 *
 * <p>Redis is cold then, and does nothing for anybody. One api instance raises the epoch in PostgreSQL, opens Redis with
 * it, and enqueues page by page what PostgreSQL knows to be live, as the next run. PostgreSQL keeps that this is not
 * complete, so that another instance starts it again if this one dies; doing it twice finds the jobs to be there.
 * Every 10 minutes jobs that have been silent for 5 are looked after in the same way.
 */
@NullMarked
package dev.millrace.api.outbox.reconcile;

import org.jspecify.annotations.NullMarked;
