/**
 * What schedules fire. Every scheduler does the same, and there is no leader.
 *
 * <pre>
 * {@code Firing}   one transaction: due schedules nobody else holds, {@code Decision} for each of what is {@code Due}, its ticks into the
 *    │         table of fires, the schedule on to its next tick
 *    ▼ after the commit
 * {@code Reports}  to the stream submit ──► api ──► its answer, on the stream of schedules ──► {@code Answers}
 *    ▲
 * {@code FireResender}    sends again what is not answered: after 2 s, then twice as long each time, up to a minute
 * </pre>
 *
 * A tick is one row, whoever writes it, and its job's id follows from the row: so a tick makes one job, however often it is
 * reported. A scheduler that dies after its commit leaves rows that are not answered; the resender of any other sends them.
 * While the readers of submit are behind, nothing more is written to it: what fires waits in the table, and not in the
 * memory of Redis.
 */
@NullMarked
package dev.millrace.scheduler.fires;

import org.jspecify.annotations.NullMarked;
