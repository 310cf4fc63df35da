/**
 * Work that is done in batches: cut to the size of a call, and halved where one part of it is refused.
 *
 * <p>Nothing here outlives the process: what is in a batch at a crash is done again by whoever holds it durably.
 */
@NullMarked
package dev.millrace.batch;

import org.jspecify.annotations.NullMarked;
