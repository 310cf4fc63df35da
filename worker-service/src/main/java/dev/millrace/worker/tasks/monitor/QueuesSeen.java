package dev.millrace.worker.tasks.monitor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * Result of {@code monitor.queues}.
 *
 * @param queues by name
 */
@RegisterForReflection
public record QueuesSeen(Map<String, Waiting> queues) {}
