/**
 * The events of jobs as this instance reads them. While somebody listens, one reader follows the events stream, decodes each
 * entry once, keeps the recent ones, and passes them to listeners; what lies further back is searched on the stream. Waits for
 * ends until the record shows them.
 *
 * <p>Nothing here outlives the process: after a crash, and after a rest, the reader begins behind what the projection has
 * recorded, and clients resume on whichever instance they reach.
 */
@NullMarked
package dev.millrace.api.live.events;

import org.jspecify.annotations.NullMarked;
