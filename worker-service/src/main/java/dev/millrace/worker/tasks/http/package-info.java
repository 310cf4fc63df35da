/**
 * {@code http.request}: one HTTP exchange, sent by the guarded client, its answer as the result.
 *
 * <p>Worth another try: {@link dev.millrace.worker.tasks.http.StatusFailed} (5xx, 408, 425, 429; says how long to wait)
 * and {@link dev.millrace.worker.outbound.OutboundFailed} (the network). Not worth one:
 * {@link dev.millrace.worker.tasks.http.StatusRefused} (every other status that is not accepted),
 * {@link dev.millrace.worker.tasks.http.UnfitReply} and {@link dev.millrace.worker.outbound.OutboundRefused}.
 */
@NullMarked
package dev.millrace.worker.tasks.http;

import org.jspecify.annotations.NullMarked;
