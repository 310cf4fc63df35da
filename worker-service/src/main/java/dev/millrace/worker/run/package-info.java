/**
 * Runs jobs: a virtual thread each, from decoding the payload to settling in Redis how it ended.
 *
 * <p>{@link dev.millrace.worker.run.Runner} is the list of steps, through which one {@link
 * dev.millrace.worker.run.TaskExecution} flows; a {@link dev.millrace.worker.run.RunInterceptor} joins in around the task.
 * Its {@link dev.millrace.worker.run.Outcome} becomes a {@code Verdict}, the verdict a {@code Settlement}, which {@link
 * dev.millrace.worker.run.Settler} carries out in batches. A crash anywhere in between leaves the entry
 * pending, and its lease runs out.
 */
@NullMarked
package dev.millrace.worker.run;

import org.jspecify.annotations.NullMarked;
