package dev.millrace.worker.tasks.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.task.DurationRange;
import dev.millrace.task.Format;
import dev.millrace.worker.outbound.OutboundRequest;
import dev.millrace.worker.outbound.Redirects;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code http.request}.
 *
 * @param url what to ask, http or https
 * @param method {@code GET}, {@code HEAD}, {@code POST}, {@code PUT}, {@code PATCH}, {@code DELETE} or {@code OPTIONS};
 *     {@code GET} if missing
 * @param headers fields to send, at most 50 with 16 KiB in all; those of the connection itself are refused
 * @param body a JSON value, sent as {@code application/json}; a string goes as it is, in UTF-8, if {@code headers} has
 *     another {@code Content-Type}
 * @param accept the statuses that are a success, 200 to 599; every 2xx if missing. A redirect listed here is not
 *     followed
 * @param timeout how long the exchange may take, PT0.001S to PT10M; the worker's default, PT30S, if missing
 * @param maxBytes how large the answer's body may be, 0 to 180,224, which is also what holds if it is missing
 * @param redirects {@code follow}, as browsers do, also if it is missing; {@code same-method}, where 301 and 302 keep
 *     method and body as 307 and 308 always do; or {@code none}, where a redirect is the answer, and a success unless
 *     {@code accept} says otherwise
 */
@RegisterForReflection
public record HttpRequest(
        @Format(Format.HTTP_URL) String url,
        @Nullable String method,
        @Nullable @Size(max = MOST_HEADERS) Map<String, String> headers,
        @Nullable JsonNode body,
        @Nullable List<@Min(FIRST_STATUS) @Max(LAST_STATUS) Integer> accept,

        @Nullable @DurationRange(min = SHORTEST, max = LONGEST)
        Duration timeout,

        @Nullable @Min(0) @Max(MOST_BYTES) Long maxBytes,
        @Nullable Redirects redirects) {

    /** In base64 this leaves room for the headers and the URL in a result's 256 KiB. */
    static final long MOST_BYTES = 176 * 1024L;

    private static final int MOST_HEADERS = 50;
    private static final int MOST_HEADER_CHARACTERS = 16 * 1024;
    static final int FIRST_STATUS = 200;
    static final int LAST_STATUS = 599;
    private static final String SHORTEST = "PT0.001S";
    private static final String LONGEST = "PT10M";

    public HttpRequest {
        requireUrl(url);
        requireHeaders(headers);
        requireStatuses(accept);
        if (timeout != null
                && (timeout.compareTo(Duration.parse(SHORTEST)) < 0
                        || timeout.compareTo(Duration.parse(LONGEST)) > 0)) {
            throw new IllegalArgumentException(
                    "timeout is %s: it must be from %s to %s.".formatted(timeout, SHORTEST, LONGEST));
        }
        if (maxBytes != null && (maxBytes < 0 || maxBytes > MOST_BYTES)) {
            throw new IllegalArgumentException(
                    "maxBytes is %d: it must be from 0 to %d, for the answer must fit into a result."
                            .formatted(maxBytes, MOST_BYTES));
        }
    }

    /** @throws IllegalArgumentException if HTTP or the connection forbid it; the message says what */
    OutboundRequest outbound(Instant deadline) {
        Map<String, String> given = headers == null ? Map.of() : headers;
        SentBody sent = SentBody.of(body, given);
        return new OutboundRequest(
                method == null ? "GET" : method.toUpperCase(Locale.ROOT),
                url,
                sent.headers(),
                sent.text(),
                deadline,
                Optional.ofNullable(timeout),
                OptionalLong.of(limit()),
                redirects == null ? Redirects.FOLLOW : redirects);
    }

    boolean accepts(int status) {
        return accept == null ? status / 100 == 2 || isRedirectToReturn(status) : accept.contains(status);
    }

    private boolean isRedirectToReturn(int status) {
        return redirects == Redirects.NONE && Redirects.isRedirect(status);
    }

    private long limit() {
        return maxBytes == null ? MOST_BYTES : maxBytes;
    }

    // A missing property arrives as null, whatever the type says.
    private static void requireUrl(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("url is missing: say what to ask, such as https://example.org/hook.");
        }
    }

    private static void requireHeaders(@Nullable Map<String, @Nullable String> headers) {
        if (headers == null) {
            return;
        }
        long characters = 0;
        for (Map.Entry<String, @Nullable String> header : headers.entrySet()) {
            String value = header.getValue();
            if (value == null) {
                throw new IllegalArgumentException("A header is null: give it a text, or leave it out.");
            }
            characters += header.getKey().length() + value.length();
        }
        if (headers.size() > MOST_HEADERS || characters > MOST_HEADER_CHARACTERS) {
            throw new IllegalArgumentException("headers has %d fields with %d characters: at most %d with %d are sent."
                    .formatted(headers.size(), characters, MOST_HEADERS, MOST_HEADER_CHARACTERS));
        }
    }

    private static void requireStatuses(@Nullable List<@Nullable Integer> accept) {
        if (accept == null) {
            return;
        }
        for (Integer status : accept) {
            if (status == null || status < FIRST_STATUS || status > LAST_STATUS) {
                throw new IllegalArgumentException(
                        "accept has %s: statuses are from %d to %d.".formatted(status, FIRST_STATUS, LAST_STATUS));
            }
        }
    }
}
