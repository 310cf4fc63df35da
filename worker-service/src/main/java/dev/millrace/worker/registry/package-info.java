/**
 * How tasks are found, described and called.
 *
 * <p>{@link dev.millrace.worker.registry.TaskExtension} finds {@code @Task} methods while the application is built and
 * fails the build for a wrong one; {@link dev.millrace.worker.registry.TaskRegistry} holds what it found. Payloads and
 * results pass through one strict mapper, {@link dev.millrace.worker.registry.TaskJson}, whose rules
 * {@link dev.millrace.worker.registry.TaskSchemas} publishes as JSON Schema.
 */
@NullMarked
package dev.millrace.worker.registry;

import org.jspecify.annotations.NullMarked;
