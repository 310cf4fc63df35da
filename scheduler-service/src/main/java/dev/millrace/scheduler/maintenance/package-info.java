/** Deletes what nobody asks for any more, when the job {@code maintenance.retention} says so, in small batches. */
@NullMarked
package dev.millrace.scheduler.maintenance;

import org.jspecify.annotations.NullMarked;
