package dev.millrace.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.millrace.api.http.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document in itself. */
class OpenApiTest {

    private final Contract contract = Contract.get();

    @Test
    void isADocumentOfOpenApi31() throws IOException {
        try (InputStream rules = OpenApiTest.class.getResourceAsStream("openapi-3.1.schema.json")) {
            JsonNode schema = new ObjectMapper().readTree(rules);
            assertThat(SchemaRegistry.withDialect(Dialects.getDraft202012())
                            .getSchema(schema)
                            .validate(contract.document()))
                    .isEmpty();
        }
    }

    @Test
    void givesExamplesThatFitTheirSchemas() {
        List<String> wrong = new ArrayList<>();
        List<String> checked = new ArrayList<>();
        walk("#", contract.document(), (place, node) -> {
            if (node.has("schema") && !place.contains("x-events")) {
                examples(node).forEach((name, example) -> {
                    checked.add(place + " " + name);
                    contract.violations(place + "/schema", example).forEach(why -> wrong.add(place + " " + name + why));
                });
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(checked).hasSizeGreaterThan(40);
    }

    @Test
    void tellsOfEveryOperationWhatItIsForAndWhatMayComeBack() {
        assertThat(contract.operations()).hasSizeGreaterThan(14).allSatisfy(operation -> {
            assertThat(operation.node().path("summary").asText())
                    .as(operation.template())
                    .hasSizeBetween(8, 60);
            assertThat(operation.node().path("description").asText())
                    .as(operation.template())
                    .hasSizeGreaterThan(40);
            assertThat(operation.node().path("tags")).isNotEmpty();
            assertThat(operation.replies().keySet())
                    .as(operation.template())
                    .anyMatch(status -> status.startsWith("2"));
            assertThat(operation.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.hasNonNull("description")
                                    && parameter.hasNonNull("schema")
                                    && parameter.hasNonNull("example"))
                            .as(operation.template() + " " + parameter)
                            .isTrue());
        });
        assertThat(contract.operations().stream()
                        .map(operation -> operation.node().path("operationId").asText()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z]{3,}"));
    }

    @Test
    void refersToNothingThatIsMissing() {
        List<String> missing = new ArrayList<>();
        walk("#", contract.document(), (place, node) -> {
            // Templates of workflows refer to places of their own, by the same word.
            String reference = node.path("$ref").asText();
            if (reference.startsWith("#")
                    && contract.document().at(reference.substring(1)).isMissingNode()) {
                missing.add(place + " " + reference);
            }
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void givesEveryRefusalATypeOfTheCatalogueWithItsStatus() {
        Pattern named = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");
        contract.operations()
                .forEach(operation -> operation.replies().forEach((status, reply) -> {
                    if (reply.schemas().containsKey(Answer.PROBLEM)) {
                        List<ProblemType> types = named.matcher(
                                        reply.node().path("description").asText())
                                .results()
                                .map(name -> ProblemType.named(name.group(1)))
                                .flatMap(Optional::stream)
                                .toList();
                        assertThat(types)
                                .as(operation.method() + " " + operation.template() + " " + status)
                                .isNotEmpty()
                                .allMatch(type -> type.status() == Integer.parseInt(status));
                    }
                }));
    }

    @Test
    void namesEveryTypeOfTheCatalogueThatAClientMayMeet() {
        String text = contract.document().toString();

        // They come with any call, or with none: the introduction tells their statuses.
        List<String> general = List.of(
                "method-not-allowed", "too-slow", "address-too-long", "headers-too-large", "internal", "conflict");
        assertThat(Arrays.stream(ProblemType.values())
                        .map(ProblemType::label)
                        .filter(label -> !general.contains(label))
                        .filter(label -> !text.contains("`" + label + "`")))
                .isEmpty();
    }

    private Map<String, JsonNode> examples(JsonNode node) {
        Map<String, JsonNode> examples = new TreeMap<>();
        if (node.has("example")) {
            examples.put("", node.get("example"));
        }
        node.path("examples")
                .properties()
                .forEach(entry -> examples.put(
                        entry.getKey(), contract.resolved(entry.getValue()).path("value")));
        JsonNode own = node.path("schema").path("examples");
        for (int i = 0; i < own.size(); i++) {
            examples.put("#" + i, own.get(i));
        }
        return examples;
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(place, node);
        node.properties()
                .forEach(field -> walk(
                        place + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue(), visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(place + "/" + i, node.get(i), visitor);
        }
    }
}
