package dev.millrace.worker.tasks.maintenance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Result of {@code maintenance.retention}.
 *
 * @param asked true: the request lies where the services read it, which they may not have done yet
 */
@RegisterForReflection
public record RetentionAsked(boolean asked) {}
