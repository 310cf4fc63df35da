package dev.millrace.worker.tasks.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Texts as mail headers carry them: ASCII as it is, all else in the encoded words of RFC 2047. The mail library's own
 * writer folds lines without a carriage return and makes comments of people's names.
 */
final class HeaderText {

    /** Blanks at the ends would be lost. */
    private static final Pattern PLAIN = Pattern.compile("(?! )[\\x20-\\x7e]*(?<! )");

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._ -]*");
    private static final Pattern EXTENDED_SAFE = Pattern.compile("[A-Za-z0-9._-]");
    /** The line break that a long field may have where it has a blank. */
    static final String FOLD = "\r\n ";
    /** In base64 and its frame this stays below the 75 characters that an encoded word may have. */
    private static final int BYTES_OF_A_WORD = 42;
    /** Escaped, and behind the name of its parameter, this stays below 78 characters. */
    private static final int BYTES_OF_A_SECTION = 18;

    private HeaderText() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches() && !text.contains("=?") ? text : encodedWords(text);
    }

    static String of(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(HeaderText::of).collect(joining("," + FOLD));
    }

    static String of(Mailbox mailbox) {
        return mailbox.name().isEmpty() ? mailbox.address() : phrase(mailbox.name()) + " <" + mailbox.address() + ">";
    }

    /** The {@code Content-Disposition} of a file: RFC 2231 where ASCII does not do, in as many sections as it takes. */
    static String attachment(String fileName) {
        return FILE_NAME.matcher(fileName).matches()
                ? "attachment; filename=\"" + fileName + "\""
                : "attachment;" + FOLD + extended(pieces(fileName, BYTES_OF_A_SECTION));
    }

    private static String extended(List<String> sections) {
        return IntStream.range(0, sections.size())
                .mapToObj(i -> "filename*%s=%s%s"
                        .formatted(
                                sections.size() == 1 ? "" : i + "*",
                                i == 0 ? "UTF-8''" : "",
                                percentEncoded(sections.get(i))))
                .collect(joining(";" + FOLD));
    }

    private static String phrase(String name) {
        String encoded = of(name);
        return encoded.equals(name) ? "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : encoded;
    }

    private static String encodedWords(String text) {
        return pieces(text, BYTES_OF_A_WORD).stream()
                .map(word -> "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.getBytes(UTF_8)) + "?=")
                .collect(joining(FOLD));
    }

    /** Characters stay whole: each piece is decoded on its own. */
    private static List<String> pieces(String text, int bytes) {
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            if ((piece + character).getBytes(UTF_8).length > bytes) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(character);
        });
        pieces.add(piece.toString());
        return pieces;
    }

    private static String percentEncoded(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            String character = Character.toString(b & 0xFF);
            encoded.append(EXTENDED_SAFE.matcher(character).matches() ? character : "%%%02X".formatted(b & 0xFF));
        }
        return encoded.toString();
    }
}
