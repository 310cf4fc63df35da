package dev.millrace.testkit.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How timers keep fields as text. */
final class Json {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    static String text(List<String> flat) {
        try {
            return JSON.writeValueAsString(flat);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Null for a text that is no list of JSON; what is an object instead has no fields. */
    static @Nullable List<String> flat(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            List<String> flat = new ArrayList<>();
            if (read.isArray()) {
                read.forEach(one -> flat.add(one.asText()));
            }
            return read.isContainerNode() ? flat : null;
        } catch (JsonProcessingException broken) {
            return null;
        }
    }
}
