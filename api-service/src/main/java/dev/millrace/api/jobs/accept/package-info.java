/**
 * Accepting jobs, whoever asks for them: clients, schedules, and what else makes jobs.
 *
 * <p>{@link dev.millrace.api.jobs.accept.Intake} checks what is asked for and makes a {@link
 * dev.millrace.api.record.job.NewJob} of it, or says why not; {@link dev.millrace.api.jobs.accept.AcceptedJobs} writes the
 * rows and the outbox rows of such jobs with one statement, in the transaction of the caller if it has one, and {@link
 * dev.millrace.api.jobs.accept.Acceptance} publishes them behind its commit. After a crash before the commit there is no job;
 * after one behind it the relay publishes what the outbox still has.
 */
@NullMarked
package dev.millrace.api.jobs.accept;

import org.jspecify.annotations.NullMarked;
