/**
 * How fast it is, and what a job costs: {@code ./millrace bench}.
 *
 * <p>{@link dev.millrace.bench.Bench} reads the command line, brings a stack up or finds one, and runs workloads on it one
 * after the other. Rates and times come from what the tasks record in themselves; what a job costs comes from the
 * processor time of each process, which stays true on a busy machine.
 */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
