package dev.millrace.ctl.terminal;

/**
 * Text of others as a terminal may have it. Control characters, marks that turn the direction of writing, and halves of surrogate
 * pairs are shown as escapes, so that no payload, name or message moves the cursor, changes a title or hides a word.
 */
public final class Plain {

    private Plain() {}

    /** One line: line ends are shown as escapes too. */
    public static String line(String text) {
        return cleaned(text, false);
    }

    /** Several lines: line ends stay, and a tab is four spaces. */
    public static String lines(String text) {
        return cleaned(text.replace("\r\n", "\n").replace("\t", "    "), true);
    }

    /** The same JSON, with nothing in it that a terminal obeys; what is escaped in it already stays as it is. */
    public static String json(String json) {
        StringBuilder clean = new StringBuilder(json.length());
        json.codePoints().forEach(one -> {
            boolean layout = one == '\n' || one == '\r' || one == '\t';
            if (layout || !isUnprintable(one)) {
                clean.appendCodePoint(one);
            } else {
                Character.toString(one).chars().forEach(half -> clean.append("\\u%04x".formatted(half)));
            }
        });
        return clean.toString();
    }

    /** How many columns a clean line takes. */
    public static int width(String line) {
        return line.codePoints().map(Plain::columns).sum();
    }

    /** The beginning of a clean line that takes at most so many columns, with a mark where something is missing. */
    public static String cut(String line, int columns) {
        if (width(line) <= columns) {
            return line;
        }
        StringBuilder cut = new StringBuilder();
        int taken = 0;
        for (int at = 0; at < line.length(); ) {
            int one = line.codePointAt(at);
            if (taken + columns(one) > columns - 1) {
                break;
            }
            cut.appendCodePoint(one);
            taken += columns(one);
            at += Character.charCount(one);
        }
        return columns < 1 ? "" : cut.append('…').toString();
    }

    private static String cleaned(String text, boolean keepsLineEnds) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(one -> {
            if (one == '\n' && keepsLineEnds) {
                clean.append('\n');
            } else if (isUnprintable(one)) {
                clean.append(escaped(one));
            } else {
                clean.appendCodePoint(one);
            }
        });
        return clean.toString();
    }

    private static boolean isUnprintable(int one) {
        return switch (Character.getType(one)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true; // as a code point it stands alone
            default -> false;
        };
    }

    private static String escaped(int one) {
        return switch (one) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> hex(one);
        };
    }

    private static String hex(int one) {
        return one > 0xFFFF ? "\\u{%x}".formatted(one) : "\\u%04x".formatted(one);
    }

    private static int columns(int one) {
        return switch (Character.getType(one)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> isWide(one) ? 2 : 1;
        };
    }

    /** Of the blocks that terminals show over two columns. */
    private static boolean isWide(int one) {
        return between(one, 0x1100, 0x115F)
                || between(one, 0x2E80, 0xA4CF)
                || between(one, 0xAC00, 0xD7A3)
                || between(one, 0xF900, 0xFAFF)
                || between(one, 0xFE30, 0xFE6F)
                || between(one, 0xFF00, 0xFF60)
                || between(one, 0xFFE0, 0xFFE6)
                || between(one, 0x1F300, 0x1FAFF)
                || between(one, 0x20000, 0x3FFFD);
    }

    private static boolean between(int one, int first, int last) {
        return one >= first && one <= last;
    }
}
