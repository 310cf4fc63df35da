/**
 * What a user of Millrace writes against: a {@link dev.millrace.task.Task @Task} method on a CDI bean, and the
 * {@link dev.millrace.task.TaskContext} it may ask for.
 *
 * <p>Four exceptions speak to the platform: {@link dev.millrace.task.RetryLater}, {@link dev.millrace.task.Snooze} and
 * {@link dev.millrace.task.PermanentFailure} say what is to become of the job, {@link
 * dev.millrace.task.SoftTimeLimitExceeded} warns the task that its time is running out.
 *
 * <p>A {@link dev.millrace.task.JobOrder} is a job that a run has made if it succeeds.
 *
 * <p>A task is run at least once for every accepted job. It may run again when its worker dies or loses its lease;
 * {@link dev.millrace.task.TaskContext#fencingToken()} lets it distinguish its own run from an older one that is still alive.
 */
@NullMarked
package dev.millrace.task;

import org.jspecify.annotations.NullMarked;
