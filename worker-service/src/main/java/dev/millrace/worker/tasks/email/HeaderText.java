package dev.millrace.worker.tasks.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts as mail headers carry them: ASCII as it is, all else in the encoded words of RFC 2047. The mail library's own
 * writer folds lines without a carriage return and makes comments of people's names.
 */
final class HeaderText {

    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._ -]*");
    private static final Pattern EXTENDED_SAFE = Pattern.compile("[A-Za-z0-9._-]");
    private static final String FOLD = "\r\n ";
    /** In base64 and its frame this stays below the 75 characters that an encoded word may have. */
    private static final int BYTES_OF_A_WORD = 42;

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

    /** The {@code Content-Disposition} of a file: RFC 2231 where ASCII does not do. */
    static String attachment(String fileName) {
        return FILE_NAME.matcher(fileName).matches()
                ? "attachment; filename=\"" + fileName + "\""
                : "attachment;" + FOLD + "filename*=UTF-8''" + percentEncoded(fileName);
    }

    private static String phrase(String name) {
        String encoded = of(name);
        return encoded.equals(name) ? "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : encoded;
    }

    private static String encodedWords(String text) {
        return words(text).stream()
                .map(word -> "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.getBytes(UTF_8)) + "?=")
                .collect(joining(FOLD));
    }

    /** Characters stay whole: each word is decoded on its own. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            if ((word + character).getBytes(UTF_8).length > BYTES_OF_A_WORD) {
                words.add(word.toString());
                word.setLength(0);
            }
            word.append(character);
        });
        words.add(word.toString());
        return words;
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
