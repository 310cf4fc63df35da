/**
 * When schedules fire: pure functions of a schedule and instants, which the api previews with and the scheduler fires by.
 *
 * <pre>
 * {@link dev.millrace.schedule.Trigger}   when: {@link dev.millrace.schedule.Cron}  {@link dev.millrace.schedule.Every}  {@link dev.millrace.schedule.Solar}  {@link dev.millrace.schedule.Once}        next(after), description()
 * {@link dev.millrace.schedule.Plan}      a trigger between startAt and endAt, and what becomes of missed ticks
 * {@link dev.millrace.schedule.Due}       the ticks of a plan that were due: which are missed, which fire, what comes next
 * {@link dev.millrace.schedule.Fire}      one tick of one schedule, and the id of its job
 * </pre>
 *
 * Rules that hold for all:
 *
 * <ul>
 *   <li>A tick is an instant. {@code next} is strictly after the one it is given; it depends on nothing else.
 *   <li>Clocks set forward or back never lose and never double a tick: {@link dev.millrace.schedule.Cron} says how.
 *       Intervals, the sun and single instants do not know clocks.
 *   <li>startAt and endAt are themselves in time. What never fires is refused when it is made.
 *   <li>Of missed ticks the latest fire, as many as {@link dev.millrace.schedule.Misfire} says.
 * </ul>
 */
@NullMarked
package dev.millrace.schedule;

import org.jspecify.annotations.NullMarked;
