/**
 * Under which policy a job runs in this worker: its time limits and its retries.
 *
 * <p>Four may speak, the nearer to the job the louder: the job itself, its task's annotation, the settings of the queue
 * it came from, the settings of the worker. {@link dev.millrace.worker.policy.WorkerPolicies} lays them over each other.
 */
@NullMarked
package dev.millrace.worker.policy;

import org.jspecify.annotations.NullMarked;
