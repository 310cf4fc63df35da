/**
 * Millrace in one thread: clients, apis, workers and schedulers take turns as a seed says, while the same seed kills them,
 * stops them for a while, loses their calls and replies, empties Redis, restarts it or sets it back, moves its clock and
 * takes PostgreSQL away. Then all faults end, everything comes to rest, and the checker judges what was seen.
 *
 * <p>Of the product run here: the scheduler's roles, the projection's fold ({@link dev.millrace.job.JobStatus}), the
 * codec of events, positions, tokens and the retry policy with its back-off. The functions are {@link
 * dev.millrace.testkit.fake.FakeRedis}, which agrees with the real ones. A model, written after the same rules, are what
 * needs threads or SQL: the worker's loops ({@link dev.millrace.proving.simulation.SimWorker}) and the api with its
 * record ({@link dev.millrace.proving.simulation.SimApi}, {@link dev.millrace.proving.simulation.Ledger}).
 *
 * <p>To see that the checker sees, each {@link dev.millrace.proving.simulation.Bug} is planted in turn and has to be found.
 */
@NullMarked
package dev.millrace.proving.simulation;

import org.jspecify.annotations.NullMarked;
