package dev.millrace.api.catalog.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.json.Violation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadSchemasTest {

    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false,
             "required": ["to"], "$defs": {"Part": {"type": "object", "required": ["name"]}},
             "properties": {
               "to": {"type": "string"}, "copies": {"type": ["integer", "null"]}, "size": {"enum": ["SMALL", "LARGE"]},
               "at": {"type": "string", "format": "date-time"}, "delay": {"type": "string", "format": "duration"},
               "id": {"type": "string", "format": "uuid"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
               "main": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Part"}]}, "count": {"type": "integer", "maximum": 5}}}
            """;

    private final PayloadSchemas schemas = new PayloadSchemas();

    @Test
    void findsNothingWrongWithWhatFits() {
        assertThat(violations("""
                {"to": "a", "copies": null, "size": "SMALL", "at": "2026-01-02T03:04:05.678Z", "delay": "PT30S",
                 "id": "0192f3c1-0000-7000-8000-000000000000", "parts": [{"name": "n"}], "main": null, "count": 5}""")).isEmpty();
    }

    @Test
    void takesEveryDurationThatJavaWrites() {
        for (Duration duration : List.of(
                Duration.ZERO,
                Duration.ofMillis(500),
                Duration.ofDays(3),
                Duration.ofSeconds(90),
                Duration.ofHours(-1))) {
            assertThat(violations("{\"to\": \"a\", \"delay\": \"" + duration + "\"}"))
                    .as(duration.toString())
                    .isEmpty();
        }
    }

    @Test
    void saysWhatIsExpectedAndWhere() {
        assertThat(violations("{\"tos\": 1}"))
                .containsExactlyInAnyOrder(
                        new Violation("", "'to' is missing."), new Violation("", "'tos' is no field here."));
        assertThat(violations("{\"to\": 1}")).containsExactly(new Violation("/to", "Must be string."));
        assertThat(violations("{\"to\": \"a\", \"copies\": \"b\"}"))
                .containsExactly(new Violation("/copies", "Must be integer or null."));
        assertThat(violations("{\"to\": \"a\", \"size\": \"HUGE\"}"))
                .containsExactly(new Violation("/size", "Must be one of [\"SMALL\",\"LARGE\"]."));
        assertThat(violations("{\"to\": \"a\", \"at\": \"today\"}"))
                .containsExactly(new Violation("/at", "Must be of the format date-time."));
        assertThat(violations("{\"to\": \"a\", \"delay\": \"soon\"}"))
                .containsExactly(new Violation("/delay", "Must be of the format duration."));
        assertThat(violations("{\"to\": \"a\", \"parts\": [{\"name\": 1}, {}]}"))
                .containsExactly(new Violation("/parts/1", "'name' is missing."));
        assertThat(violations("{\"to\": \"a\", \"count\": 6}"))
                .containsExactly(new Violation("/count", "Breaks the rule maximum of its schema: 5."));
    }

    @Test
    void escapesNamesInPointers() {
        TaskInfo map = task("{\"additionalProperties\": {\"type\": \"integer\"}}");
        assertThat(validate(map, "{\"a/b~c\": \"x\"}")).containsExactly(new Violation("/a~1b~0c", "Must be integer."));
    }

    @Test
    void neverRepeatsAValue() {
        assertThat(
                        violations(
                                "{\"to\": {\"s3cret\": 1}, \"copies\": \"s3cret\", \"size\": \"s3cret\", \"at\": \"s3cret\","
                                        + " \"delay\": \"s3cret\", \"id\": \"s3cret\", \"main\": \"s3cret\", \"count\": \"s3cret\"}"))
                .hasSizeGreaterThanOrEqualTo(8)
                .noneMatch(violation -> violation.toString().contains("s3cret"));
    }

    @Test
    void tellsAtMostTwentyViolations() {
        assertThat(violations("{\"to\": \"a\", \"parts\": [" + "{},".repeat(99) + "{}]}"))
                .hasSize(20);
    }

    @Test
    void followsASchemaThatChanged() {
        assertThat(validate(task("{\"type\": \"object\"}"), "1")).hasSize(1);
        assertThat(validate(task("{\"type\": \"integer\"}"), "1")).isEmpty();
    }

    @Test
    void acceptsOnlySchemasThatStandAlone() {
        assertThat(schemas.accepts(SCHEMA)).isTrue();
        assertThat(schemas.accepts("{}")).isTrue();
        for (String none : List.of(
                "",
                "no",
                "{",
                "[]",
                "7",
                "null",
                "{\"$ref\": \"http://127.0.0.1:9/s\"}",
                "{\"$ref\": \"#/$defs/No\"}")) {
            assertThat(schemas.accepts(none)).as(none).isFalse();
        }
    }

    private List<Violation> violations(String payload) {
        return validate(task(SCHEMA), payload);
    }

    private List<Violation> validate(TaskInfo task, String payload) {
        try {
            return schemas.validate(task, new ObjectMapper().readTree(payload));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static TaskInfo task(String schema) {
        try {
            return new TaskInfo(
                    new TaskName("t"),
                    new QueueName("q"),
                    "",
                    new ObjectMapper().readTree(schema),
                    NullNode.getInstance(),
                    ExecutionPolicy.DEFAULT,
                    true,
                    List.of());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
