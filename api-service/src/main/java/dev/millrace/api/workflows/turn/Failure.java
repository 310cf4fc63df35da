package dev.millrace.api.workflows.turn;

import org.jspecify.annotations.Nullable;

/** Why a node, a member or a workflow did not succeed. */
public record Failure(String type, @Nullable String message) {}
