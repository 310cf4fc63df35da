/**
 * The worker that is measured: the worker-service as a library, with tasks that record in themselves when they ran.
 *
 * <p>What they record lies in files of the folder {@code millrace.worker.tasks.bench.out}, in the form that benchmarks of
 * other job systems use too: {@code count.<pid>} holds how many calls there were, and when the first and the last began;
 * {@code stamp.log} has a line for each call of {@code bench.stamp}; {@code mark.log} has one for each start and each end
 * of {@code bench.slow}. Times are nanoseconds since 1970 by the machine's clock.
 */
@NullMarked
package dev.millrace.bench.worker;

import org.jspecify.annotations.NullMarked;
