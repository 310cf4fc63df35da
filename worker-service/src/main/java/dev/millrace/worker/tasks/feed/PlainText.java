package dev.millrace.worker.tasks.feed;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain text, on one line and of a bounded length, of what feeds put into their fields. All methods return null if
 * nothing is left, and end a text that was cut with {@code …}, which counts.
 */
final class PlainText {

    /** What lies behind is not looked at: bounds the memory that hostile HTML can take. */
    private static final int LOOKED_AT = 100_000;

    private static final String CUT = "…";
    /** Halves of characters and control characters, which neither JSON nor a database takes well. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cs}\\p{Cc}]");

    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");
    /** A slash if it ends an element, the name, and what ends the tag unless there are attributes. */
    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z][^\\s/<>]*)(>|(?=<)|\\z)?");
    /** Of elements that programs make up, such as {@code <o:p>}. */
    private static final Pattern MADE_UP = Pattern.compile("[a-z][a-z0-9]*[:-][a-z].*");

    private static final Set<String> NEED_NO_END = Set.of(
            "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "option", "body", "html");

    private PlainText() {}

    static @Nullable String ofText(String text, int maxLength) {
        String spaced = SPACE.matcher(text).replaceAll(" ").strip();
        String line = NO_TEXT.matcher(spaced).replaceAll("\ufffd");
        return line.isEmpty() ? null : cut(line, maxLength);
    }

    static @Nullable String ofHtml(String html, int maxLength) {
        String lookedAt = head(html, LOOKED_AT);
        String text = Jsoup.parseBodyFragment(lookedAt).text();
        return ofText(lookedAt.length() == html.length() ? text : text + CUT, maxLength);
    }

    /**
     * Of a text of which nobody says whether it is HTML. What looks like a tag, but HTML does not have it, or it is bare
     * and never closed, is text, as in {@code The <video> of List<int>}.
     */
    static @Nullable String ofUnknown(String text, int maxLength) {
        Set<String> closed = TAG.matcher(text)
                .results()
                .filter(PlainText::isEnd)
                .map(PlainText::name)
                .collect(Collectors.toSet());
        String html = TAG.matcher(text)
                .replaceAll(tag -> isOfHtml(tag, closed) ? "$0" : "&lt;$1$2" + (tag.group(3) == null ? "" : "$3"));
        return ofHtml(html, maxLength);
    }

    private static boolean isOfHtml(MatchResult tag, Set<String> closed) {
        String name = name(tag);
        boolean intended = isEnd(tag)
                || tag.group(3) == null
                || NEED_NO_END.contains(name)
                || closed.contains(name)
                || Tag.valueOf(name).isEmpty();
        return MADE_UP.matcher(name).matches() || Tag.isKnownTag(name) && intended;
    }

    private static boolean isEnd(MatchResult tag) {
        return !tag.group(1).isEmpty();
    }

    private static String name(MatchResult tag) {
        return tag.group(2).toLowerCase(Locale.ROOT);
    }

    private static String cut(String text, int maxLength) {
        return text.length() <= maxLength ? text : head(text, maxLength - CUT.length()) + CUT;
    }

    /** Never ends between the halves of a surrogate pair: half of one is no valid text. */
    private static String head(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
