/**
 * The words all services share: a job as it lies on a stream, the policy it runs under, the events of its life, and where
 * it stands after them.
 *
 * <p>Everything here is an immutable value without effects. {@link dev.millrace.job.JobStatus#after} is the whole
 * projection: a fold in which neither order nor repetition of events matters.
 */
@NullMarked
package dev.millrace.job;

import org.jspecify.annotations.NullMarked;
