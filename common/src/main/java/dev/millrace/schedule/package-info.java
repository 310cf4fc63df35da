/**
 * What a schedule is, what becomes of its ticks, and what api and schedulers tell each other about it. The api previews with
 * the same pure functions that the scheduler fires by.
 *
 * <pre>
 * {@link dev.millrace.schedule.trigger.Trigger}   when: cron, interval, sun, once; a room of its own
 * {@link dev.millrace.schedule.Plan}      a trigger between startAt and endAt, and what becomes of missed ticks
 * {@link dev.millrace.schedule.Schedule}  a plan, and what its jobs are made of
 * {@link dev.millrace.schedule.Fire}      one tick of one schedule, and the id of its job
 * </pre>
 *
 * startAt and endAt are themselves in time. Of missed ticks the latest fire, as many as
 * {@link dev.millrace.schedule.Misfire} says.
 */
@NullMarked
package dev.millrace.schedule;

import org.jspecify.annotations.NullMarked;
