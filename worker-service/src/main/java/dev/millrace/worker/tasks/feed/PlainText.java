package dev.millrace.worker.tasks.feed;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes plain text of what feeds put into their fields: HTML, entities, and more of it than anyone wants. */
final class PlainText {

    /** What lies behind is not looked at: bounds the work that a hostile text can cause. */
    private static final int LOOKED_AT = 8_000;

    private static final Pattern INVISIBLE =
            Pattern.compile("(?is)<!--.*?-->|<script\\b.*?</script\\s*>|<style\\b.*?</style\\s*>");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,6});");
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("hellip", "…"));
    private static final int HEX = 16;

    private PlainText() {}

    /** The text without markup, on one line, cut to a length; null if nothing is left. */
    static @Nullable String of(@Nullable String html, int maxLength) {
        if (html == null) {
            return null;
        }
        String visible = INVISIBLE.matcher(cut(html, LOOKED_AT)).replaceAll(" ");
        String text = ENTITY.matcher(TAG.matcher(visible).replaceAll(" ")).replaceAll(PlainText::decoded);
        String line = cut(SPACE.matcher(text).replaceAll(" ").strip(), maxLength);
        return line.isEmpty() ? null : line;
    }

    /** Never between the halves of a surrogate pair: half of one is no valid text. */
    static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
    }

    private static String decoded(MatchResult entity) {
        String name = entity.group(1);
        String text = name.startsWith("#") ? numbered(name.substring(1)) : NAMED.getOrDefault(name, entity.group());
        return Matcher.quoteReplacement(text);
    }

    private static String numbered(String number) {
        boolean hex = number.startsWith("x") || number.startsWith("X");
        int codePoint = hex ? Integer.parseInt(number.substring(1), HEX) : Integer.parseInt(number);
        boolean text = Character.isValidCodePoint(codePoint)
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
        return text ? Character.toString(codePoint) : " ";
    }
}
