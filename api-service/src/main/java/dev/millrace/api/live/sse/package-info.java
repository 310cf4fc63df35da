/**
 * One client's stream of server-sent events: what is sent and in which form, the bounded inbox in front of it, and the ids
 * by which a client resumes. Knows jobs only as what it writes.
 */
@NullMarked
package dev.millrace.api.live.sse;

import org.jspecify.annotations.NullMarked;
