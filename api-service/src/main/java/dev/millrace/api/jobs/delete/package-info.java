/**
 * Deleting jobs that have ended, before retention would.
 *
 * <p>What anybody wrote into the job goes at once: payload, result, error, tags and metadata, its attempts and dead letters.
 * Its id stays taken until {@code millrace.api.retention.ignored} has passed since its end, so that neither an event that is
 * told late nor a submit that is repeated brings it to life.
 */
@NullMarked
package dev.millrace.api.jobs.delete;

import org.jspecify.annotations.NullMarked;
