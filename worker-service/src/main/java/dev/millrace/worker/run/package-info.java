/**
 * Runs jobs: a virtual thread each, from decoding the payload to telling Redis how it ended.
 *
 * <p>{@link dev.millrace.worker.run.Runner} is the pipeline; what it decides is an {@code Outcome}, and
 * {@link dev.millrace.worker.run.Settler} makes it known in batches. A crash anywhere in between leaves the entry
 * pending, and its lease runs out.
 */
@NullMarked
package dev.millrace.worker.run;

import org.jspecify.annotations.NullMarked;
