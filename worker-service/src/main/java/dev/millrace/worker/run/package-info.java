/**
 * Runs jobs: a virtual thread each, from decoding the payload to the outcome.
 *
 * <p>{@link dev.millrace.worker.run.Runner} is the list of steps, through which one execution flows; a {@link
 * dev.millrace.worker.run.RunInterceptor} joins in around the task. {@link dev.millrace.worker.run.TimeLimits} ends what
 * runs for too long, and {@link dev.millrace.worker.run.ProgressReporter} tells Redis of starts and progress.
 */
@NullMarked
package dev.millrace.worker.run;

import org.jspecify.annotations.NullMarked;
