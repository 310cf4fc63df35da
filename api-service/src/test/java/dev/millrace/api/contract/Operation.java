package dev.millrace.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One method of one path of the contract; what its parts refer to stands in their place. */
public record Operation(
        String method,
        String template,
        Pattern path,
        List<JsonNode> parameters,
        Map<String, Reply> replies,
        JsonNode node) {

    /** What may be answered with a status: its media types and where their schemas stand. */
    public record Reply(JsonNode node, Map<String, String> schemas) {}

    static Operation of(Contract contract, String template, String method, JsonNode node) {
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                template,
                Contract.pattern(template),
                StreamSupport.stream(node.path("parameters").spliterator(), false)
                        .map(contract::resolved)
                        .toList(),
                replies(contract, template, method, node),
                node);
    }

    boolean answers(String asked) {
        return asked.equals(method) || asked.equals("HEAD") && method.equals("GET");
    }

    /** The names of the parameters that stand there. */
    public Set<String> parameters(String in) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> consumes() {
        return names(node.at("/requestBody/content"));
    }

    /** The media types of answers that are no refusals. */
    Set<String> produces() {
        return replies.entrySet().stream()
                .filter(reply -> reply.getKey().startsWith("2"))
                .flatMap(reply -> reply.getValue().schemas().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Reply> replies(Contract contract, String template, String method, JsonNode node) {
        Map<String, Reply> replies = new TreeMap<>();
        node.path("responses").properties().forEach(entry -> {
            String reference = entry.getValue().path("$ref").asText();
            String place = reference.isEmpty()
                    ? Contract.pointer("paths", template, method, "responses", entry.getKey())
                    : reference;
            replies.put(entry.getKey(), reply(contract.resolved(entry.getValue()), place));
        });
        return replies;
    }

    private static Reply reply(JsonNode reply, String place) {
        Map<String, String> schemas = new TreeMap<>();
        names(reply.path("content"))
                .forEach(type -> schemas.put(type, place + "/content/" + type.replace("/", "~1") + "/schema"));
        return new Reply(reply, schemas);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
