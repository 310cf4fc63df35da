package dev.millrace.api.record.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.job.PolicyOverride;
import dev.millrace.stream.entries.PolicyCodec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policy of a job as PostgreSQL keeps it: the fields of its stream entry, in a JSON object. */
public final class StoredPolicy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredPolicy() {}

    /** Null for a job that wants nothing otherwise than its task. */
    public static @Nullable String text(PolicyOverride policy) {
        if (policy.isEmpty()) {
            return null;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        PolicyCodec.write(policy, fields::put);
        return fields.toString();
    }

    static PolicyOverride read(@Nullable String text) {
        return text == null ? PolicyOverride.NONE : PolicyCodec.read(fields(text));
    }

    private static Map<String, String> fields(String text) {
        try {
            Map<String, String> fields = new HashMap<>();
            JSON.readTree(text)
                    .properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().textValue()));
            return fields;
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(
                    "Terms in api.job are not JSON: they were written by something else.", broken);
        }
    }
}
