package dev.millrace.worker.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What to ask of which URL.
 *
 * @param method one of {@code GET HEAD POST PUT PATCH DELETE OPTIONS}
 * @param url http or https, without user name or password
 * @param headers what to send beside the fields that the connection needs; those that may carry credentials, which is
 *     recognised by their names, are sent to the origin of {@code url} only
 * @param body sent as UTF-8, to the origin of {@code url} only; empty for none, which GET and HEAD require
 * @param deadline when the exchange must be over, the answer's body included; the time-out below may end it earlier
 * @param timeout how long the exchange may take, the answer's body included; empty for the configured default
 * @param maxBytes how large the answer's inflated body may be; empty for the configured default
 * @param redirects whether redirects are followed, and how
 */
public record OutboundRequest(
        String method,
        String url,
        Map<String, String> headers,
        Optional<String> body,
        Instant deadline,
        Optional<Duration> timeout,
        OptionalLong maxBytes,
        Redirects redirects) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    /** Of the connection, not of the request: what a user said there could frame a second request. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection");

    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i).*(auth|cookie|token|secret|session|signature|passw|credential|key).*");
    private static final Set<String> ABOUT_THE_BODY =
            Set.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Disposition");

    /**
     * Checks what HTTP and the connection demand.
     *
     * @throws IllegalArgumentException if the method is unknown, or takes no body and got one; if a header's name or
     *     value has characters that are not allowed there, line breaks above all; or if a header belongs to the
     *     connection
     */
    public OutboundRequest {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "The method is none of %s.".formatted(String.join(", ", new TreeSet<>(METHODS))));
        }
        if (body.isPresent() && WITHOUT_BODY.contains(method)) {
            throw new IllegalArgumentException(
                    "A %s request takes no body: leave it out, or use POST.".formatted(method));
        }
        headers = sorted(headers);
        headers.forEach(OutboundRequest::check);
    }

    public static OutboundRequest get(String url, Instant deadline) {
        return new OutboundRequest(
                "GET",
                url,
                Map.of(),
                Optional.empty(),
                deadline,
                Optional.empty(),
                OptionalLong.empty(),
                Redirects.FOLLOW);
    }

    public OutboundRequest accepting(String mediaTypes) {
        Map<String, String> more = sorted(headers);
        more.put("Accept", mediaTypes);
        return with(method, more, body);
    }

    /** For a task that streams, and may therefore fetch more, and longer, than the configured defaults. */
    public OutboundRequest upTo(long bytes, Duration time) {
        return new OutboundRequest(
                method, url, headers, body, deadline, Optional.of(time), OptionalLong.of(bytes), redirects);
    }

    OutboundRequest withoutCredentials() {
        Map<String, String> fewer = sorted(headers);
        fewer.keySet().removeIf(name -> CREDENTIALS.matcher(name).matches());
        return with(method, fewer, body);
    }

    /** What to send after a redirect with that status. */
    OutboundRequest redirected(int status) {
        return redirects.methodAfter(status, method).equals(method) ? this : asGet();
    }

    private OutboundRequest asGet() {
        Map<String, String> fewer = sorted(headers);
        ABOUT_THE_BODY.forEach(fewer::remove);
        return with("GET", fewer, Optional.empty());
    }

    private OutboundRequest with(String otherMethod, Map<String, String> otherHeaders, Optional<String> otherBody) {
        return new OutboundRequest(otherMethod, url, otherHeaders, otherBody, deadline, timeout, maxBytes, redirects);
    }

    /** Field names do not depend on case. */
    private static Map<String, String> sorted(Map<String, String> headers) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        return sorted;
    }

    private static void check(String name, String value) {
        if (!FIELD_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A header's name has characters that HTTP does not allow there.");
        }
        if (!FIELD_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The value of the header '%s' has a line break or other characters that HTTP does not allow there."
                            .formatted(name));
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The header '%s' is set by the connection: leave it out.".formatted(name));
        }
    }
}
