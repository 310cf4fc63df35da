/**
 * {@code maintenance.retention}: asks the services that keep records to delete the old ones.
 *
 * <p>The task writes a request to the stream of maintenance and is done; each service that owns data reads it in a group of
 * its own and deletes what its configuration no longer keeps. A worker has no database, and decides nothing of this.
 */
@NullMarked
package dev.millrace.worker.tasks.maintenance;

import org.jspecify.annotations.NullMarked;
