package dev.millrace.worker.tasks.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Payload and result of {@code demo.echo}.
 *
 * @param value any JSON value; a missing one is null
 */
@RegisterForReflection
public record Echo(@Nullable JsonNode value) {

    public Echo {
        value = value == null ? NullNode.getInstance() : value;
    }
}
