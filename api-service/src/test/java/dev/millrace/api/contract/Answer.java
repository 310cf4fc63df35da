package dev.millrace.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request was answered with, to be held against the contract.
 *
 * @param path without the query
 * @param type the media type without its parameters; empty without a body
 */
public record Answer(
        String method, String path, int status, String type, Map<String, List<String>> headers, String body) {

    static final String PROBLEM = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Statuses that any request may be answered with. */
    private static final Set<Integer> GENERAL = Set.of(400, 404, 405, 408, 413, 414, 415, 431);

    /** What every answer says, whoever makes it. */
    private static final List<String> SAFE = List.of(
            "X-Content-Type-Options",
            "Content-Security-Policy",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Cache-Control");

    /** What must not leave the service. */
    private static final List<String> SECRETS = List.of(
            "Exception", "dev.millrace", "io.vertx", "io.quarkus", "java.", "\tat ", "select ", "insert ", "api.job");

    /** Throws if this is no answer that the contract knows. What the framework adds below /q is its own. */
    public void requireKept() {
        SAFE.forEach(this::requireHeader);
        Optional<Operation> operation = Contract.get().operation(method, path);
        if (operation.isPresent() || !path.startsWith("/q/")) {
            operation
                    .filter(known -> known.replies().containsKey(String.valueOf(status)))
                    .ifPresentOrElse(this::requireDocumented, this::requireGeneralProblem);
        }
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(this + " is no JSON.", notJson);
        }
    }

    public boolean isProblem() {
        return type.equals(PROBLEM);
    }

    private void requireDocumented(Operation operation) {
        Operation.Reply reply = operation.replies().get(String.valueOf(status));
        reply.node().path("headers").fieldNames().forEachRemaining(this::requireHeader);
        if (status >= 400 && !method.equals("HEAD")) {
            requireNoSecrets();
        }
        if (!method.equals("HEAD")) {
            requireBody(reply.schemas());
        }
    }

    private void requireBody(Map<String, String> schemas) {
        if (schemas.isEmpty() || !schemas.containsKey(type)) {
            require(schemas.isEmpty() && body.isEmpty(), "has a body of type '" + type + "', which is not documented");
        } else if (type.endsWith("json")) {
            List<String> violations = Contract.get().violations(schemas.get(type), json());
            require(violations.isEmpty(), "does not fit: " + violations);
        }
    }

    /** Some depend on the request; these do not. */
    private void requireHeader(String name) {
        boolean sometimes = Set.of("Idempotency-Replayed", "Link", "RateLimit", "RateLimit-Policy")
                .contains(name);
        require(sometimes || headers.keySet().stream().anyMatch(name::equalsIgnoreCase), "has no header " + name);
    }

    private void requireGeneralProblem() {
        require(GENERAL.contains(status), "is documented nowhere");
        if (method.equals("HEAD")) {
            return;
        }
        require(isProblem(), "is no problem document");
        Contract.get().requireFit("Problem", json());
        requireNoSecrets();
    }

    private void requireNoSecrets() {
        SECRETS.forEach(secret -> require(!body.contains(secret), "tells of " + secret));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("The answer to " + method + " " + path + " " + otherwise + ": " + this);
        }
    }
}
