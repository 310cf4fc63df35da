package dev.millrace.worker.tasks.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a resource, taken apart as RFC 3986, appendix B, does it: every text is one. {@link java.net.URI}
 * follows RFC 2396, where a base without a path, an empty reference and {@code ..} above the root come out otherwise,
 * and it refuses texts that feeds have.
 */
record WebReference(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query,
        @Nullable String fragment) {

    private static final Pattern PARTS =
            Pattern.compile("(?s)(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\t\\r\\n]+");
    private static final Pattern UNFIT = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}]");

    /**
     * Resolves a reference by RFC 3986, section 5.2. Line breaks go, as in browsers, and characters of ASCII that no
     * address may contain are percent-encoded; characters beyond ASCII stay.
     */
    static String resolve(String base, String reference) {
        return of(reference).on(of(base)).toString();
    }

    private static WebReference of(String text) {
        String fit = UNFIT.matcher(LINE_BREAK.matcher(text.strip()).replaceAll(""))
                .replaceAll(unfit -> "%%%02X".formatted((int) unfit.group().charAt(0)));
        Matcher parts = PARTS.matcher(fit);
        if (!parts.matches()) {
            throw new IllegalStateException("Every text is a reference.");
        }
        return new WebReference(parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
    }

    private WebReference on(WebReference base) {
        if (scheme != null) {
            return new WebReference(scheme, authority, withoutDots(path), query, fragment);
        }
        if (authority != null) {
            return new WebReference(base.scheme, authority, withoutDots(path), query, fragment);
        }
        if (path.isEmpty()) {
            return new WebReference(
                    base.scheme, base.authority, base.path, query == null ? base.query : query, fragment);
        }
        return new WebReference(base.scheme, base.authority, withoutDots(base.merge(path)), query, fragment);
    }

    private String merge(String reference) {
        if (reference.startsWith("/")) {
            return reference;
        }
        return authority != null && path.isEmpty()
                ? "/" + reference
                : path.substring(0, path.lastIndexOf('/') + 1) + reference;
    }

    private static String withoutDots(String path) {
        String root = path.startsWith("/") ? "/" : "";
        List<String> kept = new ArrayList<>();
        for (String segment : path.substring(root.length()).split("/", -1)) {
            if (segment.equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            } else if (!segment.equals("..") && !segment.equals(".")) {
                kept.add(segment);
            }
        }
        String end = path.endsWith("/.") || path.endsWith("/..") ? "/" : "";
        return root + String.join("/", kept) + (kept.isEmpty() ? "" : end);
    }

    @Override
    public String toString() {
        return (scheme == null ? "" : scheme + ":")
                + (authority == null ? "" : "//" + authority)
                + path
                + (query == null ? "" : "?" + query)
                + (fragment == null ? "" : "#" + fragment);
    }
}
