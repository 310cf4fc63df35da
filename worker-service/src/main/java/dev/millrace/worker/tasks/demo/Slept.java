package dev.millrace.worker.tasks.demo;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;

/**
 * Result of {@code demo.sleep}.
 *
 * @param slept the time that was asked for, which has passed
 */
@RegisterForReflection
public record Slept(Duration slept) {}
