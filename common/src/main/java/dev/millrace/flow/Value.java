package dev.millrace.flow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a payload, an input or an output is made of when its step is reached: constants, and places in the document of the
 * workflow. {@link Flows#value} makes one of what Java has.
 */
public sealed interface Value permits Value.Constant, Ref {

    /** As the specification has it. */
    JsonNode json();

    /** Whatever has no further choices: a constant, a text with places in it, an object or a list of values. */
    record Constant(JsonNode json) implements Value {

        public Constant {
            json = json.deepCopy();
        }

        /** A copy: this value stays as it is. */
        @Override
        public JsonNode json() {
            return json.deepCopy();
        }
    }
}
