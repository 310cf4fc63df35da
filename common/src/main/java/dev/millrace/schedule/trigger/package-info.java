/**
 * When a schedule fires: a {@link dev.millrace.schedule.trigger.Trigger} is a pure function of an instant, whose answer is an
 * {@link dev.millrace.schedule.trigger.Occurrence}.
 *
 * <ul>
 *   <li>A tick is an instant. {@code next} is strictly after the one it is given; it depends on nothing else.
 *   <li>Clocks set forward or back never lose and never double a tick: {@link dev.millrace.schedule.trigger.Cron} says how.
 *       Intervals, the sun and single instants do not know clocks.
 *   <li>What never fires is refused when it is made.
 * </ul>
 */
@NullMarked
package dev.millrace.schedule.trigger;

import org.jspecify.annotations.NullMarked;
