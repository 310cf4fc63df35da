/**
 * Asks the schedulers to change schedules, and receives their answers.
 *
 * <p>A command is committed in {@code api.schedule_command} before it is sent, and is sent again, less and less often, until
 * its answer was recorded: so neither a crash nor a loss of Redis loses it, and the schedulers, who know commands by their
 * ids, carry it out once. Those of one schedule are sent one after the other, in the order in which they were asked.
 */
@NullMarked
package dev.millrace.api.schedules.commands;

import org.jspecify.annotations.NullMarked;
