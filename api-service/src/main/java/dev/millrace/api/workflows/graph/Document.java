package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What templates and conditions see. */
@FunctionalInterface
public interface Document {

    /**
     * The value at that place; null if there is none. A JSON null is a value. What a step that was skipped would have made is a missing
     * node: it is null to those who have nothing to put into its place.
     */
    @Nullable
    JsonNode at(Pointer place);
}
