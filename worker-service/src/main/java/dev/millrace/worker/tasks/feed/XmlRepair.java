package dev.millrace.worker.tasks.feed;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Mends what keeps XML parsers from reading the feeds of real servers and has one obvious meaning: what stands before
 * the XML declaration, the declaration itself, since the text is decoded already, characters that XML does not allow,
 * entities that HTML knows and XML does not, and a {@code &} that begins no entity. Lines keep their numbers.
 */
final class XmlRepair {

    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]|^\\ufeff+");
    private static final Pattern NO_LINE_BREAK = Pattern.compile("[^\\n]+");
    private static final int BEFORE_DECLARATION = 4096;

    /** What is found first of: a place where nothing is mended, a declaration, a reference or what looks like one. */
    private static final Pattern PLACE = Pattern.compile("(?s)<!\\[CDATA\\[.*?(?:]]>|\\z)|<!--.*?(?:-->|\\z)"
            + "|(?<declaration><\\?xml\\s[^<>]*>)"
            + "|(?<reference>&(?<name>[A-Za-z_][\\w.-]*);|&#(?:\\d+|[xX]\\p{XDigit}+);)|(?<stray>&)");

    private static final Pattern ROOT = Pattern.compile("<(?:[\\w.-]+:)?(?i:rss|feed|rdf)\\b");
    /** What must not stand in a text or an entity's value unescaped. */
    private static final Pattern SPECIAL = Pattern.compile("[<>&\"'%]");

    private static final Set<String> XMLS_OWN = Set.of("amp", "lt", "gt", "quot", "apos");
    private static final Pattern DECLARED = Pattern.compile("<!ENTITY\\s+([A-Za-z_][\\w.-]*)\\s");

    private final String document;
    private final Set<String> declared;

    private XmlRepair(String document) {
        this.document = document;
        this.declared = document.contains("<!DOCTYPE") ? declared(document) : Set.of();
    }

    static String repair(String document) {
        return new XmlRepair(FORBIDDEN.matcher(document).replaceAll("")).repaired();
    }

    /** References to both halves of a character become that character; to one half, or to nothing, they become U+FFFD. */
    private String repaired() {
        String mended =
                PLACE.matcher(fromDeclaration(document)).replaceAll(place -> Matcher.quoteReplacement(mended(place)));
        return FORBIDDEN.matcher(mended).replaceAll("\ufffd");
    }

    private static Set<String> declared(String document) {
        return DECLARED.matcher(document)
                .results()
                .map(declaration -> declaration.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String fromDeclaration(String document) {
        int declaration = document.indexOf("<?xml ");
        if (declaration < 0 || declaration > BEFORE_DECLARATION) {
            return document;
        }
        String before = document.substring(0, declaration);
        return ROOT.matcher(before).find() ? document : lineBreaks(before) + document.substring(declaration);
    }

    private String mended(MatchResult place) {
        if (place.group("declaration") != null) {
            return lineBreaks(place.group());
        }
        if (place.group("stray") != null) {
            return "&amp;";
        }
        return place.group("reference") == null ? place.group() : mended(place.group(), place.group("name"));
    }

    private String mended(String reference, @Nullable String name) {
        if (name != null && (XMLS_OWN.contains(name) || declared.contains(name))) {
            return reference;
        }
        String meant = Parser.unescapeEntities(reference, true);
        return meant.equals(reference)
                ? "&amp;" + reference.substring(1)
                : SPECIAL.matcher(meant)
                        .replaceAll(one -> "&#%d;".formatted((int) one.group().charAt(0)));
    }

    private static String lineBreaks(String text) {
        return NO_LINE_BREAK.matcher(text).replaceAll("");
    }
}
