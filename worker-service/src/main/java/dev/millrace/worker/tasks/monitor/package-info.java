/**
 * {@code monitor.disk}, {@code monitor.queues} and {@code monitor.health}: they look, return what they saw, and fail when it is
 * beyond the limits that their payload sets. Run by a schedule, their failures are the alerts, in the dead letters.
 *
 * <p>What they see of this machine is the size of its disks, never a file or a name of one.
 */
@NullMarked
package dev.millrace.worker.tasks.monitor;

import org.jspecify.annotations.NullMarked;
