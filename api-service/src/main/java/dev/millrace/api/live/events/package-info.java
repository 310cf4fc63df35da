/**
 * The events of jobs as this instance reads them. One reader follows the events stream, decodes each entry once, keeps the
 * recent ones, and passes them to listeners; what lies further back is searched on the stream. Waits for ends until the
 * record shows them.
 *
 * <p>Nothing here outlives the process: after a crash the reader begins at the end of the stream, and clients resume on
 * whichever instance they reach.
 */
@NullMarked
package dev.millrace.api.live.events;

import org.jspecify.annotations.NullMarked;
