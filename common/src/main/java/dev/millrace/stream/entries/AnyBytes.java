package dev.millrace.stream.entries;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads bytes that somebody wrote who is not us: nothing of them is lost, and nothing of them is an error. */
public final class AnyBytes {

    public static final char REPLACEMENT = '\uFFFD';

    private static final HexFormat HEX = HexFormat.of();

    private AnyBytes() {}

    /** UTF-8; a byte that is none stands as {@code \xNN}. */
    public static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder(bytes.length);
        for (CoderResult end = decoder.decode(in, out, true);
                end.isError();
                end = decoder.reset().decode(in, out, true)) {
            text.append(out.flip());
            out.clear();
            escape(in, end.length(), text);
        }
        return text.append(out.flip()).toString();
    }

    private static void escape(ByteBuffer in, int bytes, StringBuilder text) {
        for (int i = 0; i < bytes; i++) {
            text.append("\\x").append(HEX.toHexDigits(in.get()));
        }
    }
}
