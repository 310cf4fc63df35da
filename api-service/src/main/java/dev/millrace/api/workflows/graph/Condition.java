package dev.millrace.api.workflows.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step is to run: {@code {"ref": pointer}} with one of {@code is}, {@code in}, {@code above}, {@code below} and {@code exists},
 * under {@code all}, {@code any} and {@code not}. A place that is not there fulfils nothing but {@code "exists": false}.
 */
public final class Condition {

    private static final Set<String> COMPARISONS = Set.of("is", "in", "above", "below", "exists");
    private static final Set<String> LISTS = Set.of("all", "any");

    private Condition() {}

    /** Whether a document fulfils it. */
    public static boolean holds(JsonNode condition, Document document) {
        if (condition.has("all")) {
            return parts(condition.get("all")).stream().allMatch(part -> holds(part, document));
        }
        if (condition.has("any")) {
            return parts(condition.get("any")).stream().anyMatch(part -> holds(part, document));
        }
        if (condition.has("not")) {
            return !holds(condition.get("not"), document);
        }
        return Pointer.parse(condition.path("ref").asText())
                .map(place -> compares(condition, there(document.at(place))))
                .orElse(false);
    }

    private static List<JsonNode> parts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static @Nullable JsonNode there(@Nullable JsonNode value) {
        return value == null || value.isMissingNode() ? null : value;
    }

    private static boolean compares(JsonNode condition, @Nullable JsonNode value) {
        if (condition.has("exists")) {
            return condition.get("exists").booleanValue() == (value != null);
        }
        if (value == null) {
            return false;
        }
        if (condition.has("is")) {
            return equal(condition.get("is"), value);
        }
        if (condition.has("in")) {
            return parts(condition.get("in")).stream().anyMatch(one -> equal(one, value));
        }
        return condition.has("above")
                ? value.isNumber()
                        && value.decimalValue().compareTo(condition.get("above").decimalValue()) > 0
                : value.isNumber()
                        && value.decimalValue().compareTo(condition.get("below").decimalValue()) < 0;
    }

    /** Numbers are equal by their value, however they are written. */
    private static boolean equal(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    /** Tells of every place that it names, and of what is malformed. */
    static void visit(
            JsonNode condition, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        if (!condition.isObject()) {
            wrong.accept(pointer, "A condition is to be an object with 'ref', 'all', 'any' or 'not'.");
            return;
        }
        String list = LISTS.stream().filter(condition::has).findFirst().orElse("");
        if (!list.isEmpty() && condition.size() == 1) {
            visitAll(condition.get(list), pointer + "/" + list, places, wrong);
        } else if (condition.has("not") && condition.size() == 1) {
            visit(condition.get("not"), pointer + "/not", places, wrong);
        } else {
            visitComparison(condition, pointer, places, wrong);
        }
    }

    private static void visitAll(
            JsonNode list, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        if (!list.isArray() || list.isEmpty()) {
            wrong.accept(pointer, "This is to be a list of conditions.");
        }
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            visit(list.get(i), pointer + "/" + i, places, wrong);
        }
    }

    private static void visitComparison(
            JsonNode condition, String pointer, BiConsumer<String, Pointer> places, BiConsumer<String, String> wrong) {
        List<String> comparisons = condition
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals("ref"))
                .toList();
        if (comparisons.size() != 1 || !COMPARISONS.containsAll(comparisons)) {
            wrong.accept(pointer, "A condition compares 'ref' with one of 'is', 'in', 'above', 'below' and 'exists'.");
            return;
        }
        String comparison = comparisons.getFirst();
        JsonNode with = condition.get(comparison);
        boolean right = switch (comparison) {
            case "in" -> with.isArray();
            case "above", "below" -> with.isNumber();
            case "exists" -> with.isBoolean();
            default -> true;
        };
        if (!right) {
            wrong.accept(pointer + "/" + comparison, "'" + comparison + "' compares with a value of another type.");
        }
        Template.place(condition.path("ref"), pointer + "/ref", places, wrong);
    }
}
