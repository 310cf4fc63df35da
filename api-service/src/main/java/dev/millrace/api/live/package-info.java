/**
 * Live events of jobs as server-sent events, and waiting for a job's end.
 *
 * <p>One reader per instance follows the events stream, decodes each entry once, keeps the recent ones for clients that
 * come back, and hands them out. Each client has a virtual thread that sends its events in order, and a bounded inbox: one
 * that cannot keep up is disconnected, and no other client notices. An end is sent from the committed row only, so that
 * whoever received it also finds it with GET.
 */
@NullMarked
package dev.millrace.api.live;

import org.jspecify.annotations.NullMarked;
