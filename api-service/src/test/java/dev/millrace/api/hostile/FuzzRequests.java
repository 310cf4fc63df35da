package dev.millrace.api.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.contract.Contract;
import dev.millrace.api.contract.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/**
 * Requests of every operation of the contract, good ones as often as spoilt ones, by callers of every kind: what is known of an operation is
 * read from the contract alone. The same seed makes the same requests, but for the ids.
 */
final class FuzzRequests {

    private static final byte[] NOTHING = {};

    /** How long a wait is nobody's question here. */
    private static final List<String> LEFT_OUT = List.of("wait");

    private final RandomGenerator random;
    private final List<String> callers;
    private final List<String> ids;
    private final Contract contract = Contract.get();
    private final List<Operation> operations = contract.operations().stream()
            .filter(operation -> operation.template().startsWith("/api/v1")
                    || operation.template().startsWith("/q/metrics"))
            .toList();

    /**
     * Of these.
     *
     * @param callers lines of a header, each of somebody; empty for nobody
     * @param ids of what another tenant has
     */
    FuzzRequests(RandomGenerator random, List<String> callers, List<String> ids) {
        this.random = random;
        this.callers = callers;
        this.ids = ids;
    }

    HostileRequest next() {
        Operation operation = any(operations);
        List<String> headers = new ArrayList<>();
        String caller = any(callers);
        if (!caller.isEmpty()) {
            headers.add(caller);
        }
        headers(operation).forEach(headers::add);
        byte[] body = operation.node().has("requestBody") || often(20) ? body(operation) : NOTHING;
        String method = often(40) ? any(List.of("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")) : operation.method();
        if (body.length > 0) {
            headers.add("Content-Type: "
                    + (often(20) ? any(List.of("text/plain", "application/x-ndjson", "x")) : type(operation)));
        }
        return HostileRequest.of("fuzz", method, target(operation), headers, body);
    }

    private boolean often(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private static String type(Operation operation) {
        var types = operation.node().at("/requestBody/content").fieldNames();
        return types.hasNext() ? types.next() : "application/json";
    }

    private String target(Operation operation) {
        StringBuilder target = new StringBuilder();
        for (String part : operation.template().substring(1).split("/", -1)) {
            target.append('/').append(part.startsWith("{") ? thing(operation) : part);
        }
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.path("in").asText().equals("query")
                    && !LEFT_OUT.contains(parameter.path("name").asText())
                    && often(3)) {
                query.add(parameter.path("name").asText() + "=" + value(parameter));
            }
        }
        if (often(30)) {
            query.add(garbage() + "=" + garbage());
        }
        return query.isEmpty() ? target.toString() : target + "?" + String.join("&", query);
    }

    private String thing(Operation operation) {
        return switch (random.nextInt(8)) {
            case 0 -> garbage();
            case 1 -> any(List.of("demo.echo", "other", "w1", "default"));
            case 2 -> any(operation.parameters()).path("example").asText("x").replaceAll("[^A-Za-z0-9._-]", "");
            default -> any(ids);
        };
    }

    private String value(JsonNode parameter) {
        List<String> bad = BadValues.query(contract.resolved(parameter.path("schema")));
        return bad.isEmpty() || random.nextBoolean()
                ? parameter.path("example").asText().replaceAll("[^A-Za-z0-9._:-]", "")
                : any(bad);
    }

    private List<String> headers(Operation operation) {
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("header") && !name.equals("Prefer") && often(4)) {
                headers.add(name + ": " + any(List.of("\"1\"", "*", "x", "k-" + random.nextInt(1_000), "00-", "\"")));
            }
        }
        return headers;
    }

    private byte[] body(Operation operation) {
        List<JsonNode> examples = StreamSupport.stream(
                        operation
                                .node()
                                .at("/requestBody/content/application~1json/examples")
                                .spliterator(),
                        false)
                .map(contract::resolved)
                .map(example -> example.path("value"))
                .toList();
        JsonNode example = examples.isEmpty() ? contract.document().path("info") : any(examples);
        byte[] body = (often(3) && example instanceof ObjectNode object ? spoilt(object) : example)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        for (int times = random.nextInt(3); times > 0 && random.nextBoolean(); times--) {
            body = mutated(body);
        }
        return body;
    }

    private JsonNode spoilt(ObjectNode example) {
        ObjectNode spoilt = example.deepCopy();
        List<Map.Entry<String, JsonNode>> fields = List.copyOf(spoilt.properties());
        if (fields.isEmpty() || often(4)) {
            return spoilt.put(any(List.of("tenant", "@class", "role", "admin", "__proto__", "x")), "default");
        }
        Map.Entry<String, JsonNode> field = any(fields);
        JsonNode other = any(fields).getValue();
        return switch (random.nextInt(4)) {
            case 0 -> spoilt.without(field.getKey());
            case 1 -> spoilt.putNull(field.getKey());
            case 2 -> spoilt.set(field.getKey(), other);
            default ->
                spoilt.put(field.getKey(), any(List.of("' or 1=1 --", "${jndi:ldap://x}", "<script>", "", "\0", "-1")));
        };
    }

    private byte[] mutated(byte[] body) {
        int at = random.nextInt(body.length + 1);
        byte[] head = Arrays.copyOf(body, at);
        byte[] changed = body.clone();
        if (at < body.length) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(3) == 0 && head.length > 0 ? head : changed;
    }

    private String garbage() {
        return any(List.of(
                "%00",
                "%2e%2e%2f",
                "a%2Fb",
                "%ED%A0%80",
                "null",
                "-1",
                "1%20or%201=1",
                "x".repeat(300),
                "%3Cscript%3E",
                "__proto__"));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
