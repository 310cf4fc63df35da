package dev.millrace.worker.tasks.feed;

import dev.millrace.worker.outbound.uri.UriReference;
import java.util.regex.Pattern;

/** The addresses of documents on the web, as feeds write them. */
final class WebReference {

    private static final Pattern LINE_BREAK = Pattern.compile("[\\t\\r\\n]+");
    private static final Pattern UNFIT = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}]");

    private WebReference() {}

    /**
     * Resolves a reference by RFC 3986, section 5.2. Line breaks go, as in browsers, and characters of ASCII that no
     * address may contain are percent-encoded; characters beyond ASCII stay.
     */
    static String resolve(String base, String reference) {
        return of(base).resolve(of(reference)).toString();
    }

    private static UriReference of(String text) {
        String fit = UNFIT.matcher(LINE_BREAK.matcher(text.strip()).replaceAll(""))
                .replaceAll(unfit -> "%%%02X".formatted((int) unfit.group().charAt(0)));
        return UriReference.parse(fit);
    }
}
