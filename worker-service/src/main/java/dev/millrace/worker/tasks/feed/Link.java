package dev.millrace.worker.tasks.feed;

import dev.millrace.worker.outbound.uri.UriReference;
import java.util.regex.Pattern;

/** References as feeds have them: with line breaks, blanks and other characters that no address has. */
final class Link {

    private static final Pattern LINE_BREAK = Pattern.compile("[\\t\\r\\n]+");
    private static final Pattern UNFIT = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})");

    private Link() {}

    /**
     * The address that a reference means in a document at a base, by RFC 3986. Line breaks go, as in browsers, and
     * characters of ASCII that no address may contain are percent-encoded; characters beyond ASCII stay.
     */
    static String resolve(String base, String reference) {
        return UriReference.parse(base)
                .resolve(UriReference.parse(fit(reference)))
                .toString();
    }

    private static String fit(String reference) {
        String line = LINE_BREAK.matcher(reference.strip()).replaceAll("");
        return UNFIT.matcher(line)
                .replaceAll(unfit -> "%%%02X".formatted((int) unfit.group().charAt(0)));
    }
}
