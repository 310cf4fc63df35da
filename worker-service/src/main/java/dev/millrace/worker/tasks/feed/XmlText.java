package dev.millrace.worker.tasks.feed;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.apptasticsoftware.rssreader.filter.InvalidXmlCharacterFilter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XML document as clean UTF-8: what is said of its encoding is applied once and then removed, and what must not
 * stand before its declaration is dropped. The encoding is that of the byte order mark, else of the XML declaration,
 * else of the Content-Type, else UTF-8.
 */
final class XmlText {

    private static final int DECLARATION_AT_MOST = 1024;
    private static final Pattern DECLARATION = Pattern.compile("\\s*<\\?xml\\b[^>]*\\?>");
    private static final Pattern ENCODING =
            Pattern.compile("\\s*<\\?xml\\b[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"'][^>]*>");
    private static final Pattern CHARSET = Pattern.compile("(?i).*;\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)\"?.*");
    private static final String MARK = "\ufeff";

    private final byte[] utf8;

    private XmlText(byte[] utf8) {
        this.utf8 = utf8;
    }

    static XmlText of(byte[] document, Optional<String> contentType) {
        String text = new String(document, charset(document, contentType));
        String content = text.startsWith(MARK) ? text.substring(1) : text;
        return new XmlText(
                DECLARATION.matcher(content).lookingAt()
                        ? DECLARATION.matcher(content).replaceFirst("").strip().getBytes(UTF_8)
                        : content.strip().getBytes(UTF_8));
    }

    /** From its beginning, without the characters that XML does not allow. */
    InputStream open() {
        return new InvalidXmlCharacterFilter().filter(new ByteArrayInputStream(utf8));
    }

    private static Charset charset(byte[] document, Optional<String> contentType) {
        return marked(document)
                .or(() -> declared(document))
                .or(() -> contentType.flatMap(type -> named(CHARSET.matcher(type))))
                .orElse(UTF_8);
    }

    private static Optional<Charset> marked(byte[] document) {
        if (startsWith(document, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(UTF_8);
        }
        if (startsWith(document, 0xFE, 0xFF)) {
            return Optional.of(UTF_16BE);
        }
        return startsWith(document, 0xFF, 0xFE) ? Optional.of(UTF_16LE) : Optional.empty();
    }

    private static boolean startsWith(byte[] document, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= document.length || (document[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Charset> declared(byte[] document) {
        int length = Math.min(document.length, DECLARATION_AT_MOST);
        Matcher encoding = ENCODING.matcher(new String(document, 0, length, StandardCharsets.ISO_8859_1));
        return encoding.lookingAt() ? charsetOf(encoding.group(1)) : Optional.empty();
    }

    private static Optional<Charset> named(Matcher matcher) {
        return matcher.matches() ? charsetOf(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Charset> charsetOf(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
