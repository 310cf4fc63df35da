/**
 * What schedules there are, and how commands change them.
 *
 * <pre>
 * command ──{@code CommandDecision.on(command, what stands)}──► made, changed, erased, left or refused
 *    │  one transaction: the schedule's row, and the answer by the command's id
 *    └──► {@code ScheduleEventPublisher} on the stream of schedule events, after the commit
 * </pre>
 *
 * A command that comes again is answered as it was before. A scheduler that dies between its commit and its word leaves the
 * command unacknowledged: another one carries it out again, which only repeats the answer. {@code Resync} publishes every
 * schedule again when Redis was emptied.
 */
@NullMarked
package dev.millrace.scheduler.schedules;

import org.jspecify.annotations.NullMarked;
