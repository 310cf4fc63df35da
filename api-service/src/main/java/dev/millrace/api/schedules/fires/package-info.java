/**
 * Makes jobs of what schedulers report of ticks, and keeps the history of schedules.
 *
 * <pre>
 * submit ──► decide and commit ──► schedules (the answer) ──► acknowledge
 *               │ api.job, api.outbox, api.schedule_fire
 * </pre>
 *
 * <p>A report comes again until it is answered. What was decided of a tick stands in {@code api.schedule_fire}, in the commit
 * that makes its job: a report that comes again, to whichever instance, is answered as before. Instances that hold reports of
 * one schedule decide one after the other. After a crash before the commit nothing was decided; after one behind it, the
 * answer is given when the report comes again.
 */
@NullMarked
package dev.millrace.api.schedules.fires;

import org.jspecify.annotations.NullMarked;
