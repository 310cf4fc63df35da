package dev.millrace.worker.tasks.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The characters of a file. A byte order mark is no part of them, and tells the charset whatever else is said of it.
 *
 * @param reader gives {@link #STRANGE} for bytes that are no character of the charset
 * @param charset the one in which the file is read
 */
record CsvText(Reader reader, Charset charset) {

    /** Half of a pair: alone it is in no text of any charset, while U+FFFD may be. */
    static final char STRANGE = '\udc00';

    private record Mark(String bytes, String charset) {}

    /** The longer ones first: two of them begin alike. */
    private static final List<Mark> MARKS = List.of(
            new Mark("fffe0000", "UTF-32LE"),
            new Mark("0000feff", "UTF-32BE"),
            new Mark("efbbbf", "UTF-8"),
            new Mark("fffe", "UTF-16LE"),
            new Mark("feff", "UTF-16BE"));

    private static final int LONGEST = 4;

    /** @param named the charset of a file that begins with no mark */
    static CsvText of(InputStream file, Charset named) throws IOException {
        var bytes = new PushbackInputStream(file, LONGEST);
        byte[] head = bytes.readNBytes(LONGEST);
        String beginning = HexFormat.of().formatHex(head);
        Mark mark = MARKS.stream()
                .filter(one -> beginning.startsWith(one.bytes()))
                .findFirst()
                .orElseGet(() -> new Mark("", named.name()));
        bytes.unread(Arrays.copyOfRange(head, mark.bytes().length() / 2, head.length));
        Charset charset = Charset.forName(mark.charset());
        return new CsvText(reader(bytes, charset), charset);
    }

    private static Reader reader(InputStream bytes, Charset charset) {
        return new InputStreamReader(
                bytes,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(STRANGE)));
    }
}
