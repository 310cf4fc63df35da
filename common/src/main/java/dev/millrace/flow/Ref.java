package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A place in the document of the workflow.
 *
 * @param pointer a JSON Pointer (RFC 6901) into it, such as {@code /input/month}
 * @param otherwise what stands for a place that is not there; null if that is to fail the step
 */
public record Ref(String pointer, @Nullable Value otherwise) implements Value {

    public Ref {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException(
                    "A reference is a JSON Pointer that begins with '/', which '%s' does not.".formatted(pointer));
        }
    }

    /** The place below it. Where a name has {@code ~} or {@code /} in it, write {@code ~0} or {@code ~1}. */
    public Ref at(String further) {
        return new Ref(pointer + (further.startsWith("/") ? further : "/" + further), otherwise);
    }

    /** With what stands there if the place is not there, also because its step failed or was skipped. */
    public Ref orElse(@Nullable Object json) {
        return new Ref(pointer, Flows.value(json));
    }

    @Override
    public JsonNode json() {
        ObjectNode ref = JsonNodeFactory.instance.objectNode().put("$ref", pointer);
        return otherwise == null ? ref : ref.set("default", otherwise.json());
    }
}
