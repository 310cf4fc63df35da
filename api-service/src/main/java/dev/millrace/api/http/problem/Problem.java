package dev.millrace.api.http.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.json.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, before it is known which part of the request it is about.
 *
 * @param detail a sentence for the people who read it; never text that a client sent unchecked
 * @param errors the places in the body; empty if it is not about places
 */
public record Problem(ProblemType type, String detail, List<Violation> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** What can be said of any problem of the type. */
    public static Problem of(ProblemType type) {
        return of(type, type.description() + ' ' + type.cure());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of());
    }

    public static Problem at(ProblemType type, String pointer, String detail) {
        return new Problem(type, detail, List.of(new Violation(pointer, detail)));
    }

    /** Several violations of one type; the detail is the first one's. */
    public static Problem of(ProblemType type, List<Violation> errors) {
        return new Problem(type, errors.getFirst().detail(), errors);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    /**
     * Says when to send the call again.
     *
     * @param policy of which rate that is, as the header {@code RateLimit-Policy} has it: a quoted name, {@code q} calls in {@code w}
     *     seconds
     */
    public ProblemException retryAfter(long seconds, String policy) {
        String name = policy.substring(0, policy.indexOf(';'));
        return new ProblemException(
                this,
                Map.of(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(seconds),
                        "RateLimit-Policy",
                        policy,
                        "RateLimit",
                        name + ";r=0;t=" + seconds));
    }

    /**
     * The document.
     *
     * @param instance the path of the request
     * @param traceId what the log of this request goes by
     */
    public ObjectNode toJson(String instance, String traceId) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail)
                .put("instance", instance)
                .put("traceId", traceId);
        ArrayNode list = document.putArray("errors");
        errors.forEach(error -> list.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        return document;
    }
}
