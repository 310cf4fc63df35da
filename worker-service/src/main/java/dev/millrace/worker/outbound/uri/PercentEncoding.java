package dev.millrace.worker.outbound.uri;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** Escapes of RFC 3986, {@code %20} for a blank. */
public final class PercentEncoding {

    /** What may stand in a path or a query, with the brackets that browsers let stand there too. */
    private static final String ALLOWED = "A-Za-z0-9._~:/?\\[\\]@!$&'()*+,;=-";

    /** A backslash stays: some read it as a slash, so it is nothing to decide here. */
    private static final Pattern TO_ESCAPE = Pattern.compile("[^%\\\\" + ALLOWED + "]|%(?![0-9A-Fa-f]{2})");

    private static final Pattern ASCII_OUT_OF_ORDER =
            Pattern.compile("[\\x00-\\x7f&&[^%" + ALLOWED + "]]|%(?![0-9A-Fa-f]{2})");

    private PercentEncoding() {}

    /** Whether the ASCII characters of a path or a query are allowed there, each per cent sign in an escape. */
    public static boolean isInOrder(String text) {
        return !ASCII_OUT_OF_ORDER.matcher(text).find();
    }

    /** Replaces each octet that may not stand in a path or a query; escapes stay as they are. */
    public static String escaped(String text, Charset charset) {
        String octets = new String(text.getBytes(charset), ISO_8859_1);
        return TO_ESCAPE
                .matcher(octets)
                .replaceAll(octet -> "%%%02X".formatted((int) octet.group().charAt(0)));
    }
}
