package dev.millrace.worker.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import dev.millrace.sensitive.SensitiveFields;
import dev.millrace.task.AtLeastOneOf;
import dev.millrace.task.DurationRange;
import dev.millrace.task.ExactlyOneOf;
import dev.millrace.task.Format;
import dev.millrace.task.Sensitive;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rules of payload records into their schemas: the constraints of Jakarta Validation, such as {@code @Size},
 * {@code @Min} and {@code @Pattern}, and what {@code dev.millrace.task} adds to them.
 */
final class SchemaRules {

    private SchemaRules() {}

    static void addTo(SchemaGeneratorConfigBuilder config) {
        config.with(new WholePatterns());
        config.forFields().withInstanceAttributeOverride(SchemaRules::addToField);
        config.forTypesInGeneral().withTypeAttributeOverride(SchemaRules::addToRecord);
    }

    /** A pattern of Jakarta Validation is matched by the whole text, one of JSON Schema by any part. */
    private static final class WholePatterns extends JakartaValidationModule {

        WholePatterns() {
            super(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
        }

        @Override
        protected @Nullable String resolveStringPattern(MemberScope<?, ?> member) {
            String pattern = super.resolveStringPattern(member);
            return pattern == null ? null : "^(?:" + pattern + ")$";
        }
    }

    private static void addToField(ObjectNode schema, FieldScope field, SchemaGenerationContext unused) {
        annotation(field, Sensitive.class).ifPresent(mark -> schema.put(SensitiveFields.KEYWORD, true));
        annotation(field, Format.class).ifPresent(format -> schema.put("format", format.value()));
        annotation(field, DurationRange.class)
                .ifPresent(range ->
                        schema.put("formatMinimum", duration(range.min())).put("formatMaximum", duration(range.max())));
    }

    /** Of the component, or of what its list holds. */
    private static <A extends Annotation> Optional<A> annotation(FieldScope field, Class<A> type) {
        return Optional.ofNullable(
                field.isFakeContainerItemScope() ? field.getContainerItemAnnotation(type) : field.getAnnotation(type));
    }

    /** As clients write it; an annotation that holds none ends the start. */
    private static String duration(String text) {
        Duration.parse(text);
        return text;
    }

    private static void addToRecord(ObjectNode schema, TypeScope scope, SchemaGenerationContext unused) {
        Class<?> type = scope.getType().getErasedType();
        ExactlyOneOf one = type.getAnnotation(ExactlyOneOf.class);
        if (one != null) {
            exactlyOneOf(components(type, one.value()), schema.putArray("oneOf"));
        }
        AtLeastOneOf any = type.getAnnotation(AtLeastOneOf.class);
        if (any != null) {
            ObjectNode none = schema.putObject("not").put("type", "object").putObject("properties");
            components(type, any.value()).forEach(name -> none.putObject(name).put("type", "null"));
        }
    }

    private static void exactlyOneOf(List<String> names, ArrayNode alternatives) {
        for (String name : names) {
            ObjectNode given = alternatives.addObject();
            given.putArray("required").add(name);
            given.putObject("properties").putObject(name).putObject("not").put("type", "null");
        }
    }

    /** A name that is none would let no payload fit. */
    private static List<String> components(Class<?> type, String[] names) {
        for (String name : names) {
            if (Presence.component(type, name)
                    .filter(component -> !Presence.isRequired(component))
                    .isEmpty()) {
                throw new IllegalStateException("%s names '%s' in its rules, which is no component that may be missing."
                        .formatted(type.getName(), name));
            }
        }
        return List.of(names);
    }
}
