/**
 * Live news of jobs as server-sent events, and waiting for a job's end.
 *
 * <p>One reader per instance follows the events stream, decodes each entry once, keeps the recent ones for clients that
 * come back, and hands them out. Each client has a virtual thread that tells it its story in order, and a bounded inbox:
 * one that cannot keep up is sent away, and nobody else notices. An end is told from the committed row only, so that
 * whoever was told of it also finds it.
 */
@NullMarked
package dev.millrace.api.live;

import org.jspecify.annotations.NullMarked;
