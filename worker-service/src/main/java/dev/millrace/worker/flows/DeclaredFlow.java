package dev.millrace.worker.flows;

/**
 * A workflow that a {@code @Workflow} method declares.
 *
 * @param json its graph and what holds for all of it, as the api takes it
 */
public record DeclaredFlow(String name, String description, String json) {}
