package dev.millrace.api.catalog.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in our words which rule of a schema a payload breaks: the library's own repeat values in places. Names of fields and
 * what a schema allows are no secret.
 */
final class BrokenRule {

    private BrokenRule() {}

    /** A sentence for the place at which the error was found. */
    static String sentence(Error error) {
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "'" + error.getProperty() + "' is missing.";
            case "additionalProperties", "unevaluatedProperties" -> "'" + error.getProperty() + "' is no field here.";
            case "type" -> "Must be " + types(rule) + ".";
            case "enum" -> "Must be one of " + rule + ".";
            case "const" -> "Must be " + rule + ".";
            case "format" -> format(rule.asText());
            case "pattern" -> "Must match the regular expression " + rule.asText() + " .";
            case "oneOf" -> alternatives(rule);
            case "not" -> exclusion(rule);
            case "anyOf" -> "Fits none of what is allowed here.";
            default -> bound(error.getKeyword(), rule);
        };
    }

    private static String bound(String keyword, JsonNode rule) {
        String bound = rule.asText();
        return switch (keyword) {
            case "minimum", DurationBound.MINIMUM -> "Must be " + bound + " or more.";
            case "maximum", DurationBound.MAXIMUM -> "Must be " + bound + " or less.";
            case "exclusiveMinimum" -> "Must be more than " + bound + ".";
            case "exclusiveMaximum" -> "Must be less than " + bound + ".";
            case "minLength" -> "Must have at least " + counted(bound, "character", "characters") + ".";
            case "maxLength" -> "Must have at most " + counted(bound, "character", "characters") + ".";
            case "minItems", "minProperties" -> "Must have at least " + counted(bound, "entry", "entries") + ".";
            case "maxItems", "maxProperties" -> "Must have at most " + counted(bound, "entry", "entries") + ".";
            default -> "Breaks the rule " + keyword + " of its schema" + (rule.isValueNode() ? ": " + bound : "") + ".";
        };
    }

    private static String counted(String bound, String one, String several) {
        return bound + " " + (bound.equals("1") ? one : several);
    }

    private static String format(String name) {
        return switch (name) {
            case "mailbox" -> "Must be a mail address such as jane@example.org or Jane Doe <jane@example.org>.";
            case "http-url" -> "Must be a URL that begins with http:// or https:// and a host.";
            case "duration" -> "Must be of the format duration, such as PT30S.";
            default -> "Must be of the format " + name + ".";
        };
    }

    /** Of alternatives that require a field each, the fields. */
    private static String alternatives(JsonNode rule) {
        List<String> fields = rule.valueStream()
                .map(alternative -> alternative.path("required").path(0).asText(""))
                .toList();
        return fields.contains("")
                ? "Fits none of what is allowed here, or more than one."
                : "Give exactly one of " + listed(fields) + ".";
    }

    /** Of a rule that forbids fields to be null, or missing, all together: the fields. */
    private static String exclusion(JsonNode rule) {
        List<String> fields = rule.path("properties")
                .propertyStream()
                .map(field -> field.getKey())
                .toList();
        return fields.isEmpty() ? "Is what its schema excludes." : "Give at least one of " + listed(fields) + ".";
    }

    private static String listed(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static String types(JsonNode rule) {
        return rule.isArray()
                ? rule.valueStream().map(JsonNode::asText).collect(Collectors.joining(" or "))
                : rule.asText();
    }
}
