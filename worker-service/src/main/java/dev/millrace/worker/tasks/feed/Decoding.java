package dev.millrace.worker.tasks.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.worker.outbound.content.ContentType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of the bytes of an XML document. Its charset is the first one that the bytes fit: that of the byte order
 * mark, of the Content-Type, of the XML declaration, UTF-8. Where a standard and everybody's practice differ, such as
 * ISO-8859-1 and windows-1252, practice is tried first.
 *
 * <p>Bytes fit a charset if all of them have a meaning in it and one of them is a {@code <}. Any bytes fit a charset
 * of one byte a character; but text in one of them is practically never UTF-8 by chance, so that what is UTF-8 beyond
 * ASCII does not fit them. A character that is cut off at the end is left out.
 *
 * <p>What nothing else is said of than that it is UTF-8, and is not, is often windows-1252: so it is read if all bytes
 * have a meaning there, unless more characters beyond ASCII are well-formed UTF-8 than are not, which is UTF-8 with
 * damages. Nothing is ever put in the place of bytes that have no meaning.
 */
final class Decoding {

    private static final int HEAD = 1024;
    private static final int SHOWN = 40;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");

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
    private final List<Charset> marked;
    private final List<String> names;

    /**
     * A document as text.
     *
     * @param guessed the name of its charset if neither the document nor its server named this one; else null
     */
    record Text(String xml, @Nullable String guessed) {}

    private Decoding(byte[] document, Optional<String> contentType) {
        this.document = document;
        this.utf8 = decoded(UTF_8);
        this.marked = marked().toList();
        this.names = Stream.concat(said(contentType), declared()).toList();
    }

    /**
     * Decodes a document.
     *
     * @param source what to call it
     * @throws UnreadableFeed if the bytes fit no charset that they may be in
     */
    static Text decode(byte[] document, Optional<String> contentType, String source) {
        return new Decoding(document, contentType).decode(source);
    }

    private Text decode(String source) {
        return named().flatMap(charset -> fitting(charset).stream())
                .findFirst()
                .map(text -> new Text(text, null))
                .or(() ->
                        utf8.map(text -> new Text(text, names.isEmpty() || !isUtf8BeyondAscii() ? null : UTF_8.name())))
                .or(() -> mislabelled().map(text -> new Text(text, WINDOWS_1252.name())))
                .orElseThrow(() -> new UnreadableFeed(complaint(source)));
    }

    private Stream<Charset> named() {
        return Stream.concat(
                        marked.stream(), names.stream().flatMap(Decoding::known).flatMap(Decoding::withPractice))
                .distinct();
    }

    private Stream<Charset> marked() {
        String beginning = HexFormat.of().formatHex(document, 0, Math.min(document.length, 3));
        return BEGINNINGS.entrySet().stream()
                .filter(mark -> beginning.startsWith(mark.getKey()))
                .map(Map.Entry::getValue);
    }

    private static Stream<String> said(Optional<String> contentType) {
        return contentType.flatMap(field -> ContentType.of(field).charsetName()).stream();
    }

    private Stream<String> declared() {
        String head = new String(document, 0, Math.min(document.length, HEAD), ISO_8859_1);
        Matcher name = ENCODING.matcher(head);
        return name.find() ? Stream.of(name.group(1)) : Stream.empty();
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
        CharBuffer text = room(charset);
        return decode(charset, ByteBuffer.wrap(document), text)
                ? Optional.of(text.flip().toString())
                : Optional.empty();
    }

    /** Whether all bytes have a meaning in it; if not, {@code bytes} stands before the first that has none. */
    private static boolean decode(Charset charset, ByteBuffer bytes, CharBuffer text) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return !decoder.decode(bytes, text, false).isError();
    }

    private CharBuffer room(Charset charset) {
        return CharBuffer.allocate(
                (int) Math.ceil(document.length * (double) charset.newDecoder().maxCharsPerByte()));
    }

    private Optional<String> mislabelled() {
        boolean saidToBeUtf8 =
                marked.isEmpty() && names.stream().allMatch(name -> known(name).anyMatch(UTF_8::equals));
        return saidToBeUtf8 && !isDamagedUtf8() ? decoded(WINDOWS_1252) : Optional.empty();
    }

    private boolean isDamagedUtf8() {
        String damaged = new String(document, UTF_8);
        long lost = damaged.chars().filter(character -> character == '\ufffd').count();
        long kept = damaged.chars().filter(character -> character > 0x7f).count() - lost;
        return kept > lost;
    }

    /** Of the charset that has the most to say for it, among those that the bytes do not fit. */
    private String complaint(String source) {
        Charset charset = Stream.concat(named(), Stream.of(UTF_8))
                .filter(one -> decoded(one).isEmpty())
                .findFirst()
                .orElse(UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(document);
        decode(charset, bytes, room(charset));
        String unknown = names.stream()
                .filter(name -> known(name).findAny().isEmpty())
                .map(name -> " The charset '%s' that it names is unknown here."
                        .formatted(name.substring(0, Math.min(SHOWN, name.length()))))
                .findFirst()
                .orElse("");
        return "%s is no text in %s: byte 0x%02X at position %d begins no character of it.%s"
                .formatted(source, charset.name(), bytes.get(bytes.position()), bytes.position(), unknown);
    }
}
