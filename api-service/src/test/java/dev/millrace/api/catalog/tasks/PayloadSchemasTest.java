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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .containsExactly(new Violation("/delay", "Must be of the format duration, such as PT30S."));
        assertThat(violations("{\"to\": \"a\", \"parts\": [{\"name\": 1}, {}]}"))
                .containsExactly(new Violation("/parts/1", "'name' is missing."));
        assertThat(violations("{\"to\": \"a\", \"count\": 6}"))
                .containsExactly(new Violation("/count", "Must be 5 or less."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"maxLength": 2}                               | "abc"   | Must have at most 2 characters.
            {"minLength": 1}                               | ""      | Must have at least 1 character.
            {"maxItems": 1}                                | [1, 2]  | Must have at most 1 entry.
            {"minProperties": 1}                           | {}      | Must have at least 1 entry.
            {"exclusiveMinimum": 0}                        | 0       | Must be more than 0.
            {"pattern": "^a+$"}                            | "b"     | Must match the regular expression ^a+$ .
            {"multipleOf": 2}                              | 3       | Breaks the rule multipleOf of its schema: 2.
            {"format": "duration", "formatMinimum": "PT0S"} | "-PT1S" | Must be PT0S or more.
            {"format": "duration", "formatMaximum": "PT24H"} | "P2D" | Must be PT24H or less.
            {"format": "duration", "formatMaximum": "PT24H"} | "soon" | Must be of the format duration, such as PT30S.
            {"format": "mailbox"}                          | "jane"  | Must be a mail address such as jane@example.org or Jane Doe <jane@example.org>.
            {"format": "http-url"}                         | "ftp://x" | Must be a URL that begins with http:// or https:// and a host.
            {"oneOf": [{"type": "null"}, {"type": "boolean"}]} | 7      | Fits none of what is allowed here, or more than one.
            """)
    void namesTheRuleThatIsBroken(String schema, String payload, String sentence) {
        assertThat(validate(task(schema), payload)).containsExactly(new Violation("", sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"maxLength": 2}                               | "😀😀"
            {"format": "duration", "formatMinimum": "PT0S"} | "PT0S"
            {"format": "duration", "formatMaximum": "PT24H"} | "P1D"
            {"format": "mailbox"}                          | "jane@example.org"
            {"format": "mailbox"}                          | " \\"Doe, Jane\\" <jane@exämple.org> "
            {"format": "mailbox"}                          | "root@localhost"
            {"format": "http-url"}                         | "HTTPS://exämple.org:8443/a b^c"
            {"format": "of-somebody-else"}                 | "x"
            """)
    void admitsALimitItselfAndEveryFormThatATaskTakes(String schema, String payload) {
        assertThat(validate(task(schema), payload)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                           | Give exactly one of 'url', 'text'. Give at least one of 'a', 'b'.
            {"url": "u", "text": "t", "a": 1} | Give exactly one of 'url', 'text'.
            {"url": null, "text": null, "a": 1} | Give exactly one of 'url', 'text'.
            {"url": "u", "text": null, "a": null, "b": null} | Give at least one of 'a', 'b'.
            {"url": "u", "a": 1, "b": 2} | ``
            {"text": "", "b": 2}         | ``
            """)
    void namesTheFieldsOfWhichOneIsToBeGiven(String payload, String sentences) {
        TaskInfo exclusive = task("""
                {"type": "object",
                 "oneOf": [{"required": ["url"], "properties": {"url": {"not": {"type": "null"}}}},
                           {"required": ["text"], "properties": {"text": {"not": {"type": "null"}}}}],
                 "not": {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "null"}}}}""");

        assertThat(validate(exclusive, payload).stream()
                        .map(Violation::detail)
                        .sorted(Comparator.reverseOrder())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(sentences);
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
                "{\"$ref\": \"#/$defs/No\"}",
                "{\"formatMaximum\": \"soon\"}")) {
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
