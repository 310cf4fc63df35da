/**
 * What a user of Millrace writes against: a {@link dev.millrace.task.Task @Task} method on a CDI bean, and the
 * {@link dev.millrace.task.TaskContext} it may ask for.
 *
 * <p>A task is run at least once for every accepted job. It may run again when its worker dies or loses its lease;
 * {@link dev.millrace.task.TaskContext#fencingToken()} lets it tell its own run from an older one that is still alive.
 */
@NullMarked
package dev.millrace.task;

import org.jspecify.annotations.NullMarked;
