package dev.millrace.worker.tasks.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.worker.outbound.Hop;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code http.request}. It has a body in one form at most; an empty one in none.
 *
 * @param status one of those that the payload accepts
 * @param headers names in lower case, several values of one joined by commas; as many as fit into 12 KiB, and never
 *     {@code set-cookie}, which is a credential
 * @param headersLeftOut how many more there were that did not fit
 * @param body the JSON value if the answer is JSON, or a string if it is text
 * @param bodyBase64 every other body
 * @param durationMs from before the first connection to the last byte, in milliseconds
 * @param url where the answer came from after redirects, without user name and password
 * @param requests those that were made, in order: the first as the payload has it, then one for each redirect that was
 *     followed
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpReply(
        int status,
        Map<String, String> headers,
        int headersLeftOut,
        @Nullable JsonNode body,
        @Nullable String bodyBase64,
        long durationMs,
        String url,
        List<Hop> requests) {}
