/**
 * Jobs that wait for a time. {@code HoldDelays} makes timers of what comes in, {@code ReleaseTimers} brings to their
 * lanes what is due, {@code TakeOver} looks after what others left. All three may turn in any number of processes at once:
 * each of their steps is one function in Redis, and whoever comes second finds nothing to do.
 *
 * <pre>
 * delays ──delayed (one)──► given to one scheduler ──hold──► timers ──release──► lane
 *    │                           │ it dies                      ▲  (shared by all schedulers)
 *    │                           └──abandoned──► given to another
 *    └──────────── holdNew (all besides, in one step) ──────────┘
 * </pre>
 */
@NullMarked
package dev.millrace.scheduler.timers;

import org.jspecify.annotations.NullMarked;
