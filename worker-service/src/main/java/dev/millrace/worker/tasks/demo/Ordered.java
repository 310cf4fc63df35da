package dev.millrace.worker.tasks.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * Result of {@code demo.order}.
 *
 * @param jobs how many it ordered
 * @param first the id of the first of them
 */
@RegisterForReflection
public record Ordered(int jobs, UUID first) {}
