package dev.millrace.worker.tasks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.worker.outbound.LocalWeb;
import dev.millrace.worker.tasks.Repeats;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the answers of {@code answers.txt}. What begins with {@code raw} stands there as it is sent; else its lines and
 * its body are parted as the table says, and a first line without a version is of HTTP/1.1. In both {@code \r}, {@code
 * \n}, {@code \t}, <code>\\</code> and {@code \xFC} are octets, and <code>{gzip x}</code>, <code>{zlib x}</code> and <code>{deflate x}</code> are x compressed,
 * of which <code>{gzip/20 x}</code> has the first 20 octets. All else is UTF-8, and {@link Repeats} are expanded.
 */
final class AnswerTable {

    private static final Pattern COMPRESSED = Pattern.compile("\\{(gzip|zlib|deflate)(?:/(\\d+))? ([^}]*)}");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:x([0-9A-F]{2})|([rnt\\\\]))");
    private static final String CRLF = "\\r\\n";

    private AnswerTable() {}

    /** The answer, each octet as one character. */
    static String octets(String cell) {
        String text = Repeats.expanded(cell);
        String octets = new String((text.startsWith("raw") ? raw(text) : lines(text)).getBytes(UTF_8), ISO_8859_1);
        String unescaped = ESCAPED.matcher(octets).replaceAll(AnswerTable::unescaped);
        return COMPRESSED.matcher(unescaped).replaceAll(AnswerTable::compressed);
    }

    private static String raw(String text) {
        return text.equals("raw") ? "" : text.substring("raw ".length());
    }

    private static String lines(String text) {
        String[] headAndBody = text.split(" ;; ", 2);
        String head = headAndBody[0].replace(" ; ", CRLF) + CRLF + CRLF;
        String body = headAndBody.length == 1 ? "" : headAndBody[1];
        return (head.startsWith("HTTP/") ? "" : "HTTP/1.1 ") + head + body;
    }

    private static String unescaped(MatchResult escape) {
        return Matcher.quoteReplacement(
                escape.group(1) == null
                        ? ("\\" + escape.group(2)).translateEscapes()
                        : Character.toString(Integer.parseInt(escape.group(1), 16)));
    }

    private static String compressed(MatchResult macro) {
        byte[] data = macro.group(3).getBytes(ISO_8859_1);
        byte[] bytes = macro.group(1).equals("gzip")
                ? LocalWeb.gzip(data)
                : LocalWeb.deflate(data, macro.group(1).equals("deflate"));
        String octets = new String(bytes, ISO_8859_1);
        return Matcher.quoteReplacement(
                macro.group(2) == null ? octets : octets.substring(0, Integer.parseInt(macro.group(2))));
    }
}
