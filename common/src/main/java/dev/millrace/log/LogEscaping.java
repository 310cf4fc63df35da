package dev.millrace.log;

import java.nio.charset.StandardCharsets;

/** Text that stays on one line and moves no cursor. */
final class LogEscaping {

    /** Of one field of a line: its message, a value, an exception with its stack. */
    static final int MOST_BYTES = 8 * 1024;

    private static final String CUT = "… (cut)";
    private static final int ROOM_FOR_CUT = CUT.getBytes(StandardCharsets.UTF_8).length;

    private LogEscaping() {}

    /**
     * The text with all control, format and line-separating characters, and halves of surrogate pairs, as escapes; at most
     * 8 KiB of UTF-8, after which it says that it was cut. The same object where nothing is to be done.
     */
    static String of(String text) {
        return of(text, MOST_BYTES);
    }

    static String of(String text, int mostBytes) {
        return harmless(text) && text.length() <= mostBytes / 4 ? text : written(text, mostBytes);
    }

    private static boolean harmless(String text) {
        return text.codePoints().noneMatch(LogEscaping::harms);
    }

    private static String written(String text, int mostBytes) {
        StringBuilder written = new StringBuilder();
        int bytes = 0;
        int cut = 0;
        for (int at = 0; at < text.length() && bytes <= mostBytes; at = text.offsetByCodePoints(at, 1)) {
            String next = written(text.codePointAt(at));
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            written.append(next);
            cut = bytes <= mostBytes - ROOM_FOR_CUT ? written.length() : cut;
        }
        return bytes <= mostBytes ? written.toString() : written.substring(0, cut) + CUT;
    }

    private static String written(int character) {
        return harms(character) ? escaped(character) : Character.toString(character);
    }

    private static boolean harms(int character) {
        if (character >= ' ' && character < 0x7f) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isBmpCodePoint(character) ? "\\u%04x".formatted(character) : "\\u{%x}".formatted(character);
        };
    }
}
