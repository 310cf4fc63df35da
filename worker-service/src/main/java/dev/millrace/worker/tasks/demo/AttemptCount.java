package dev.millrace.worker.tasks.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Result of {@code demo.fail}.
 *
 * @param attempts how many attempts it took, this one included
 */
@RegisterForReflection
public record AttemptCount(int attempts) {}
