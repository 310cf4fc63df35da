package dev.millrace.worker.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A document to fetch with GET.
 *
 * @param url http or https, without user name or password
 * @param headers what to send beside the fields that the connection needs; {@code Authorization} and {@code Cookie}
 *     are sent to the origin of {@code url} only
 * @param deadline when the fetch must be over, body included; the time-out below may end it earlier
 * @param timeout how long the fetch may take, body included; empty for the configured default
 * @param maxBytes how large the inflated body may be; empty for the configured default
 */
public record OutboundRequest(
        String url, Map<String, String> headers, Instant deadline, Optional<Duration> timeout, OptionalLong maxBytes) {

    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "te", "upgrade");
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    public OutboundRequest {
        headers = sorted(headers);
        headers.forEach(OutboundRequest::check);
    }

    public static OutboundRequest get(String url, Instant deadline) {
        return new OutboundRequest(url, Map.of(), deadline, Optional.empty(), OptionalLong.empty());
    }

    public OutboundRequest accepting(String mediaTypes) {
        Map<String, String> more = sorted(headers);
        more.put("Accept", mediaTypes);
        return new OutboundRequest(url, more, deadline, timeout, maxBytes);
    }

    /** For a task that streams, and may therefore fetch more, and longer, than the configured defaults. */
    public OutboundRequest upTo(long bytes, Duration time) {
        return new OutboundRequest(url, headers, deadline, Optional.of(time), OptionalLong.of(bytes));
    }

    OutboundRequest withoutCredentials() {
        Map<String, String> fewer = sorted(headers);
        CREDENTIALS.forEach(fewer::remove);
        return new OutboundRequest(url, fewer, deadline, timeout, maxBytes);
    }

    /** Field names do not depend on case. */
    private static Map<String, String> sorted(Map<String, String> headers) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        return sorted;
    }

    private static void check(String name, String value) {
        if (!FIELD_NAME.matcher(name).matches() || !FIELD_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A header's name or value has characters that HTTP does not allow there.");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The header '%s' is set by the connection: leave it out.".formatted(name));
        }
    }
}
