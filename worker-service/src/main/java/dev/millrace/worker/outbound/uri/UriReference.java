package dev.millrace.worker.outbound.uri;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI, or a reference that is relative to one, in the parts of RFC 3986. What is absent is null, which is not the same
 * as empty.
 *
 * @param scheme what stands before the first colon, as it is written
 * @param authority what follows two slashes: host, port and whatever else stands there
 * @param path may be empty
 * @param query without its question mark
 * @param fragment without its hash
 */
public record UriReference(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query,
        @Nullable String fragment) {

    private static final Pattern PARTS =
            Pattern.compile("(?s)(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

    /** Takes any text apart; none is malformed, and no part is checked. */
    public static UriReference parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError("Every text matches the pattern.");
        }
        return new UriReference(parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
    }

    /**
     * Reads a reference from a field of HTTP, where servers write what should be escaped. Path and query get escapes for
     * each octet that may not stand there, escapes that are there stay; the authority is read as UTF-8. So browsers and
     * curl do it.
     *
     * @param octets each octet of the field as one character
     */
    public static UriReference ofField(String octets) {
        UriReference raw = parse(octets);
        return new UriReference(
                raw.scheme,
                raw.authority == null ? null : new String(raw.authority.getBytes(ISO_8859_1), UTF_8),
                PercentEncoding.escaped(raw.path, ISO_8859_1),
                raw.query == null ? null : PercentEncoding.escaped(raw.query, ISO_8859_1),
                raw.fragment);
    }

    /** What a reference means that stands in a document at this URI, by RFC 3986, section 5.2.2. */
    public UriReference resolve(UriReference reference) {
        if (reference.scheme != null) {
            return reference.with(reference.scheme, reference.authority, withoutDots(reference.path));
        }
        if (reference.authority != null) {
            return reference.with(scheme, reference.authority, withoutDots(reference.path));
        }
        return reference.path.isEmpty() ? sameDocument(reference) : relative(reference);
    }

    /** The text that {@link #parse} makes this of. */
    @Override
    public String toString() {
        return (scheme == null ? "" : scheme + ":")
                + (authority == null ? "" : "//" + authority)
                + path
                + (query == null ? "" : "?" + query)
                + (fragment == null ? "" : "#" + fragment);
    }

    private UriReference sameDocument(UriReference reference) {
        String found = reference.query == null ? query : reference.query;
        return new UriReference(scheme, authority, path, found, reference.fragment);
    }

    private UriReference relative(UriReference reference) {
        String merged = reference.path.startsWith("/") ? reference.path : folder() + reference.path;
        return reference.with(scheme, authority, withoutDots(merged));
    }

    private UriReference with(@Nullable String otherScheme, @Nullable String otherAuthority, String otherPath) {
        return new UriReference(otherScheme, otherAuthority, otherPath, query, fragment);
    }

    private String folder() {
        return authority != null && path.isEmpty() ? "/" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** RFC 3986, section 5.2.4: the output loses its last segment at each {@code ..}, and never what is before it. */
    private static String withoutDots(String path) {
        var output = new StringBuilder();
        String input = path.replaceFirst("^(\\.\\.?(/|$))+", "");
        while (!input.isEmpty()) {
            int end = input.indexOf('/', 1) < 0 ? input.length() : input.indexOf('/', 1);
            String segment = input.substring(0, end);
            String rest = input.substring(end);
            if (segment.equals("/..")) {
                output.setLength(Math.max(0, output.lastIndexOf("/")));
            }
            boolean dots = segment.equals("/.") || segment.equals("/..");
            output.append(dots ? rest.isEmpty() ? "/" : "" : segment);
            input = rest;
        }
        return output.toString();
    }
}
