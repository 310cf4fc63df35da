/**
 * Keeps a copy of what the schedulers have, for reading.
 *
 * <p>All instances share one group on the stream of schedule events. Events are written to {@code api.schedule}, where the
 * greater version wins, together with the answers to commands that they are; then requests that wait are woken, and the
 * entries acknowledged. Events that come twice, late or in another order change nothing. A removed schedule leaves its version
 * behind for that.
 */
@NullMarked
package dev.millrace.api.schedules.projection;

import org.jspecify.annotations.NullMarked;
