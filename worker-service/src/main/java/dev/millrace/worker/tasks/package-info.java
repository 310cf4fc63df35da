/**
 * The tasks that ship with the worker, one package each, and what their results share.
 *
 * <p>They are written against the public task API alone and fetch through
 * {@link dev.millrace.worker.outbound.OutboundHttp} alone, so each can serve as an example for a task of one's own. Those of
 * maintenance and monitoring also look into Redis, which is theirs alone.
 */
@NullMarked
package dev.millrace.worker.tasks;

import org.jspecify.annotations.NullMarked;
