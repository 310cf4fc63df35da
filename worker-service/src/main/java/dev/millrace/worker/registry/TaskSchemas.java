package dev.millrace.worker.registry;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema 2020-12 of payloads and results, for what {@link TaskJson} reads and writes.
 *
 * <p>Records take no other fields than their components. What is required follows {@link Presence}: a component that is
 * not required may be absent or null. Enums are lists of their names in JSON. {@code Instant}, {@code OffsetDateTime} and
 * {@code ZonedDateTime} are {@code date-time}, {@code LocalDate} is {@code date}, {@code Duration} is {@code duration},
 * {@code UUID} is {@code uuid}. {@link SchemaRules} adds what annotations say. A {@code JsonNode} and an {@code Object} are any value. The same classes give the same
 * text. Safe for use by several threads.
 */
public final class TaskSchemas {

    private static final Map<String, String> TEXT = Map.of("type", "string");

    /** Where the generator knows nothing, or a format that is narrower than what Java reads and writes. */
    private static final Map<Class<?>, Map<String, String>> OUR_OWN = Map.ofEntries(
            Map.entry(Void.class, Map.of("type", "null")),
            Map.entry(JsonNode.class, Map.of()),
            Map.entry(ObjectNode.class, Map.of("type", "object")),
            Map.entry(ArrayNode.class, Map.of("type", "array")),
            Map.entry(OptionalInt.class, Map.of("type", "integer")),
            Map.entry(OptionalLong.class, Map.of("type", "integer")),
            Map.entry(OptionalDouble.class, Map.of("type", "number")),
            Map.entry(LocalDateTime.class, TEXT),
            Map.entry(LocalTime.class, TEXT),
            Map.entry(OffsetTime.class, TEXT),
            Map.entry(URI.class, TEXT),
            Map.entry(byte[].class, Map.of("type", "string", "contentEncoding", "base64")));

    private final TypeResolver types = new TypeResolver();
    private final SchemaGenerator generator = generator();

    public String payload(TaskDefinition task) {
        return schema(task.payloadType());
    }

    /** Of nothing it is {@code {"type":"null"}}. */
    public String result(TaskDefinition task) {
        return schema(task.resultType());
    }

    private synchronized String schema(JavaType type) {
        return generator.generateSchema(resolved(type)).toString();
    }

    private ResolvedType resolved(JavaType type) {
        ResolvedType[] arguments = type.getBindings().getTypeParameters().stream()
                .map(this::resolved)
                .toArray(ResolvedType[]::new);
        return types.resolve(type.getRawClass(), arguments);
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.INLINE_NULLABLE_SCHEMAS)
                .without(Option.VALUES_FROM_CONSTANT_FIELDS);
        config.forFields()
                .withRequiredCheck(is(Presence::isRequired))
                .withNullableCheck(is(component -> !Presence.isRequired(component))::test);
        SchemaRules.addTo(config);
        config.forTypesInGeneral()
                .withPropertySorter((unusedOne, unusedOther) -> 0)
                .withCustomDefinitionProvider(TaskSchemas::ofOurOwn);
        return new SchemaGenerator(config.build());
    }

    /** Of the component itself, not of the elements of a list in it. */
    private static Predicate<FieldScope> is(Predicate<RecordComponent> rule) {
        return field -> !field.isFakeContainerItemScope()
                && Presence.component(field.getDeclaringType().getErasedType(), field.getDeclaredName())
                        .filter(rule)
                        .isPresent();
    }

    private static @Nullable CustomDefinition ofOurOwn(ResolvedType type, SchemaGenerationContext context) {
        Map<String, String> keywords = OUR_OWN.get(type.getErasedType());
        if (keywords == null) {
            return null;
        }
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        keywords.forEach(schema::put);
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }
}
