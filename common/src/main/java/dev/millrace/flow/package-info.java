/**
 * Workflows as values: builders whose only output is the JSON that {@code POST /api/v1/workflows} takes.
 *
 * <p>Everything is immutable, so that a step may stand in several flows; a method that says more returns another value. {@link
 * dev.millrace.flow.Flows} has the beginning of everything, for a static import. What a builder can see by itself it refuses at
 * the call; whether tasks exist and references lead somewhere is for the api to say.
 */
@NullMarked
package dev.millrace.flow;

import org.jspecify.annotations.NullMarked;
