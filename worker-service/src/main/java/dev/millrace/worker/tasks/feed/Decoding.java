package dev.millrace.worker.tasks.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes text of the bytes of an XML document. Its encoding is the first one that the bytes fit: that of the byte order
 * mark, of the Content-Type, of the XML declaration, UTF-8. Where a standard and everybody's practice differ, such as
 * ISO-8859-1 and windows-1252, practice is tried first.
 *
 * <p>Bytes fit an encoding if all of them have a meaning in it and one of them is a {@code <}. Any bytes fit an encoding
 * of one byte a character; but text in one of them is practically never UTF-8 by chance, so that what is UTF-8 beyond
 * ASCII does not fit them. A character that is cut off at the end is left out.
 *
 * <p>If nothing fits, the bytes are either UTF-8 with damages, which show as U+FFFD, or windows-1252: the former if more
 * characters beyond ASCII are well-formed than are not. Failing instead would keep a whole feed back for one byte.
 */
final class Decoding {

    private static final int HEAD = 1024;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]+)");

    /** How documents begin that say their encoding by that; those without a mark begin with {@code <}. */
    private static final Map<String, Charset> BEGINNINGS =
            Map.of("efbbbf", UTF_8, "feff", UTF_16BE, "fffe", UTF_16LE, "003c", UTF_16BE, "3c00", UTF_16LE);

    private static final Map<String, String> IN_PRACTICE = Map.of(
            "US-ASCII", "windows-1252",
            "ISO-8859-1", "windows-1252",
            "ISO-8859-9", "windows-1254",
            "TIS-620", "x-windows-874",
            "Shift_JIS", "windows-31j",
            "GB2312", "GB18030",
            "GBK", "GB18030",
            "EUC-KR", "x-windows-949",
            "Big5", "Big5-HKSCS");

    private final byte[] document;
    private final Optional<String> utf8;

    private Decoding(byte[] document) {
        this.document = document;
        this.utf8 = decoded(UTF_8);
    }

    static String decode(byte[] document, Optional<String> contentType) {
        return new Decoding(document).decode(contentType);
    }

    private String decode(Optional<String> contentType) {
        return Stream.of(marked(), named(CHARSET, contentType.orElse("")), named(ENCODING, head()), Stream.of(UTF_8))
                .flatMap(charsets -> charsets)
                .distinct()
                .flatMap(charset -> fitting(charset).stream())
                .findFirst()
                .orElseGet(this::mended);
    }

    private Stream<Charset> marked() {
        String beginning = HexFormat.of().formatHex(document, 0, Math.min(document.length, 3));
        return BEGINNINGS.entrySet().stream()
                .filter(mark -> beginning.startsWith(mark.getKey()))
                .map(Map.Entry::getValue);
    }

    private String head() {
        return new String(document, 0, Math.min(document.length, HEAD), ISO_8859_1);
    }

    private static Stream<Charset> named(Pattern pattern, String text) {
        Matcher name = pattern.matcher(text);
        return name.find() ? known(name.group(1)).flatMap(Decoding::withPractice) : Stream.empty();
    }

    private static Stream<Charset> withPractice(Charset charset) {
        return Stream.concat(
                Stream.ofNullable(IN_PRACTICE.get(charset.name())).flatMap(Decoding::known), Stream.of(charset));
    }

    private static Stream<Charset> known(String name) {
        try {
            return Stream.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return Stream.empty();
        }
    }

    private Optional<String> fitting(Charset charset) {
        if (isUtf8BeyondAscii() && isOfSingleBytes(charset)) {
            return Optional.empty();
        }
        Optional<String> text = charset.equals(UTF_8) ? utf8 : decoded(charset);
        return text.filter(xml -> xml.indexOf('<') >= 0);
    }

    private boolean isUtf8BeyondAscii() {
        return utf8.filter(text -> text.length() < document.length).isPresent();
    }

    private static boolean isOfSingleBytes(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
    }

    /** Empty if any byte has no meaning in it. */
    private Optional<String> decoded(Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) Math.ceil(document.length * (double) decoder.maxCharsPerByte()));
        boolean fits = !decoder.decode(ByteBuffer.wrap(document), text, false).isError();
        return fits ? Optional.of(text.flip().toString()) : Optional.empty();
    }

    private String mended() {
        String damaged = new String(document, UTF_8);
        long lost = damaged.chars().filter(character -> character == '\ufffd').count();
        long kept = damaged.chars().filter(character -> character > 0x7f).count() - lost;
        return kept > lost ? damaged : new String(document, WINDOWS_1252);
    }
}
