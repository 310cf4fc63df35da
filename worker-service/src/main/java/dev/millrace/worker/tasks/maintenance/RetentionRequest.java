package dev.millrace.worker.tasks.maintenance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Payload of {@code maintenance.retention}: how long things are kept, those who keep them know. */
@RegisterForReflection
public record RetentionRequest() {}
