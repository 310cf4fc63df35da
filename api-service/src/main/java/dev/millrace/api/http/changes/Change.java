package dev.millrace.api.http.changes;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A setting before a call and after it, or as it was to be.
 *
 * @param before null if there was none
 * @param after null if there is none any more
 */
public record Change(@Nullable JsonNode before, @Nullable JsonNode after) {}
