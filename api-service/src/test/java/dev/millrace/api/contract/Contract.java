package dev.millrace.api.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document that is checked in, and what it says of requests and replies. */
public final class Contract {

    /** In this module, where its own tests run; other modules' name the checkout. */
    static final Path FILE = Path.of(System.getProperty("millrace.checkout", ".."), "api-service", "openapi.yaml");

    static final String SCHEMAS = "#/components/schemas/";

    private static final String HOME = "https://millrace.dev/openapi";
    private static final Contract ONE = new Contract();

    private final JsonNode document = read();

    // Schemas are taken out of this one: a registry that is asked for a place reads the whole document for it.
    private final Schema whole =
            SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(SchemaLocation.of(HOME), document);
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
    private final List<Operation> operations = document.path("paths").properties().stream()
            .flatMap(path -> path.getValue().properties().stream()
                    .map(method -> Operation.of(this, path.getKey(), method.getKey(), method.getValue())))
            .sorted(Comparator.comparing(
                            (Operation operation) -> operation.template().contains("{"))
                    .thenComparing(Operation::template))
            .toList();

    /** What it takes to read schemas is taken now, and not from the first reply that is held against one. */
    private Contract() {
        violations(SCHEMAS + "Problem", document);
    }

    public static Contract get() {
        return ONE;
    }

    public JsonNode document() {
        return document;
    }

    /** Those whose paths have no parameters first. */
    public List<Operation> operations() {
        return operations;
    }

    public Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.answers(method)
                        && operation.path().matcher(path).matches())
                .findFirst();
    }

    /** What the node is, or what it refers to. */
    public JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#") ? resolved(document.at(reference.substring(1))) : node;
    }

    /** How the value does not fit what stands at the place, a JSON pointer behind a {@code #}. */
    List<String> violations(String place, JsonNode value) {
        return compiled
                .computeIfAbsent(
                        place,
                        at -> whole.getRefSchema(SchemaLocation.of(HOME + at).getFragment()))
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** Throws if the value is not of this schema. */
    public void requireFit(String schema, JsonNode value) {
        List<String> violations = violations(SCHEMAS + schema, value);
        if (!violations.isEmpty()) {
            throw new AssertionError("This is no " + schema + ": " + violations + "\n" + value.toPrettyString());
        }
    }

    static String pointer(String... segments) {
        JsonPointer pointer = JsonPointer.empty();
        for (String segment : segments) {
            pointer = pointer.appendProperty(segment);
        }
        return "#" + pointer;
    }

    static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+"));
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
