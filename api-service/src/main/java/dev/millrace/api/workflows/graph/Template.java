package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * JSON of which parts stand for values of a {@link Document}: {@code {"$ref": pointer, "default"?: json}}, {@code {"$text": "… {pointer}
 * …"}} and {@code {"$literal": json}}. Evaluating visits each part once: there is no loop that a client could write.
 */
public final class Template {

    static final String REF = "$ref";
    static final String TEXT = "$text";
    static final String LITERAL = "$literal";
    static final String DEFAULT = "default";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Template() {}

    /** The value that the template makes of a document. */
    public static JsonNode evaluate(JsonNode template, Document document) throws MissingReference {
        if (template.isArray()) {
            ArrayNode made = NODES.arrayNode(template.size());
            for (JsonNode item : template) {
                made.add(evaluate(item, document));
            }
            return made;
        }
        return template.isObject() ? object(template, document) : template;
    }

    private static JsonNode object(JsonNode template, Document document) throws MissingReference {
        if (template.has(REF)) {
            return reference(template, document);
        }
        if (template.has(TEXT)) {
            return text(template.get(TEXT).asText(), document);
        }
        if (template.has(LITERAL)) {
            return template.get(LITERAL);
        }
        ObjectNode made = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : template.properties()) {
            made.set(field.getKey(), evaluate(field.getValue(), document));
        }
        return made;
    }

    private static JsonNode reference(JsonNode template, Document document) throws MissingReference {
        Pointer place = Pointer.parse(template.get(REF).asText())
                .orElseThrow(() -> new MissingReference("A reference is no JSON pointer."));
        JsonNode value = document.at(place);
        if (value == null && !template.has(DEFAULT)) {
            throw new MissingReference(place);
        }
        if (value != null && !value.isMissingNode()) {
            return value;
        }
        return template.has(DEFAULT) ? template.get(DEFAULT) : NODES.nullNode();
    }

    private static JsonNode text(String pattern, Document document) throws MissingReference {
        StringBuilder made = new StringBuilder();
        for (TextPart part : TextPart.of(pattern)) {
            made.append(part.isPlace() ? scalar(part, document) : part.text());
        }
        return TextNode.valueOf(made.toString());
    }

    private static String scalar(TextPart part, Document document) throws MissingReference {
        Pointer place = Pointer.parse(part.text())
                .orElseThrow(() -> new MissingReference("A text names what is no JSON pointer."));
        JsonNode value = document.at(place);
        if (value == null || value.isMissingNode() || value.isNull()) {
            throw new MissingReference(place);
        }
        if (value.isContainerNode()) {
            throw new MissingReference("What is at " + place + " is no text, number or truth, as a text needs.");
        }
        return value.asText();
    }

    /** Whether it makes the same of every document. */
    public static boolean isFixed(JsonNode template) {
        boolean[] fixed = {true};
        visit(template, "", (pointer, place) -> fixed[0] = false, (pointer, wrong) -> fixed[0] = false);
        return fixed[0];
    }

    /**
     * Tells of every place that a template names.
     *
     * @param pointer of the template in what a client sent
     * @param places is told where each place is named, and the place
     * @param wrong is told where something is malformed, and what
     */
    static void visit(
            JsonNode template, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        if (template.isArray()) {
            for (int i = 0; i < template.size(); i++) {
                visit(template.get(i), pointer + "/" + i, places, wrong);
            }
        } else if (template.isObject()) {
            visitObject(template, pointer, places, wrong);
        }
    }

    private static void visitObject(
            JsonNode template, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        if (template.has(REF)) {
            requireOnly(template, Set.of(REF, DEFAULT), pointer, wrong);
            place(template.get(REF), pointer + "/" + REF, places, wrong);
        } else if (template.has(TEXT)) {
            requireOnly(template, Set.of(TEXT), pointer, wrong);
            visitText(template.get(TEXT), pointer + "/" + TEXT, places, wrong);
        } else if (template.has(LITERAL)) {
            requireOnly(template, Set.of(LITERAL), pointer, wrong);
        } else {
            template.properties().forEach(field -> {
                String inner = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                if (field.getKey().startsWith("$")) {
                    wrong.accept(
                            inner, "A field that begins with $ stands in a $literal, or is $ref, $text or $literal.");
                } else {
                    visit(field.getValue(), inner, places, wrong);
                }
            });
        }
    }

    private static void requireOnly(
            JsonNode template, Set<String> known, String pointer, BiConsumer<String, String> wrong) {
        template.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(other -> wrong.accept(pointer, "Beside a reference stand no other fields but 'default'."));
    }

    private static void visitText(
            JsonNode pattern, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        if (!pattern.isTextual()) {
            wrong.accept(pointer, "'$text' is to be a text.");
            return;
        }
        for (TextPart part : TextPart.of(pattern.textValue())) {
            if (part.isPlace()) {
                place(TextNode.valueOf(part.text()), pointer, places, wrong);
            }
        }
    }

    static void place(
            JsonNode text, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        Pointer.parse(text.isTextual() ? text.textValue() : "")
                .ifPresentOrElse(
                        place -> places.accept(pointer, place),
                        () -> wrong.accept(pointer, "This is to be a JSON pointer such as /input/month."));
    }
}
