package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * The keywords {@code formatMinimum} and {@code formatMaximum} of durations, which JSON Schema lacks and other validators have as
 * extensions by these names. Both ends are admitted. What is no duration is left to the format.
 */
final class DurationBound extends AbstractKeyword {

    static final String MINIMUM = "formatMinimum";
    static final String MAXIMUM = "formatMaximum";

    private final IntPredicate beyond;

    private DurationBound(String name, IntPredicate beyond) {
        super(name);
        this.beyond = beyond;
    }

    static DurationBound minimum() {
        return new DurationBound(MINIMUM, comparison -> comparison < 0);
    }

    static DurationBound maximum() {
        return new DurationBound(MAXIMUM, comparison -> comparison > 0);
    }

    /** Throws what {@link Duration#parse} throws for a schema whose bound is none. */
    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode bound, Schema parent, SchemaContext context) {
        return new Validator(location, bound, parent, context, Duration.parse(bound.asText()));
    }

    private final class Validator extends BaseKeywordValidator {

        private final Duration bound;

        Validator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context, Duration bound) {
            super(DurationBound.this, node, location, parent, context);
            this.bound = bound;
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode value, JsonNode root, NodePath place) {
            if (value.isTextual() && isBeyond(value.textValue())) {
                execution.addError(error().message(getValue())
                        .instanceNode(value)
                        .instanceLocation(place)
                        .evaluationPath(execution.getEvaluationPath())
                        .build());
            }
        }

        private boolean isBeyond(String text) {
            try {
                return beyond.test(Duration.parse(text).compareTo(bound));
            } catch (DateTimeException none) {
                return false;
            }
        }
    }
}
