package dev.millrace.api.jobs.actions;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A job to which it could not be done, and why. */
@RegisterForReflection
public record Failure(String jobId, String detail) {}
