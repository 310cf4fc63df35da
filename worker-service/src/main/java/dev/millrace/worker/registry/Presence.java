package dev.millrace.worker.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for what may be missing, for decoding and for schemas alike.
 *
 * <p>A record's component is required unless it is an {@code Optional} or {@code @Nullable}; primitives are required.
 * A component that is not required may be absent or null, which is the same. A required one must be there and not null,
 * except that a {@code JsonNode} takes null as the JSON value it is.
 */
final class Presence {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Presence() {}

    static boolean isRequired(RecordComponent component) {
        return !OPTIONALS.contains(component.getType())
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static boolean takesNull(RecordComponent component) {
        return !isRequired(component) || JsonNode.class.isAssignableFrom(component.getType());
    }

    /** The component behind a record's field; nothing for fields of other classes. */
    static Optional<RecordComponent> component(Class<?> owner, String name) {
        if (!owner.isRecord()) {
            return Optional.empty();
        }
        for (RecordComponent component : owner.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return Optional.of(component);
            }
        }
        return Optional.empty();
    }
}
