package dev.millrace.worker.tasks.monitor;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What waits on one queue.
 *
 * @param ready jobs that no worker was given yet
 * @param oldestAgeMs for how long the oldest of them has been on the queue, in milliseconds by Redis's clock; 0 if none is
 */
@RegisterForReflection
public record Waiting(long ready, long oldestAgeMs) {}
