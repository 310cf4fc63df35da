package dev.millrace.worker.tasks.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The vocabularies that feeds are made of. */
enum Vocabulary {
    RSS(""),
    ATOM("atom:"),
    RDF("rdf:"),
    DUBLIN_CORE("dc:"),
    CONTENT("content:"),
    MEDIA("media:"),
    ITUNES("itunes:"),
    OTHER("other:");

    /** Without what feeds spell in several ways: the scheme, {@code www}, the end, the case. */
    private static final Map<String, Vocabulary> NAMESPACES = Map.ofEntries(
            Map.entry("purl.org/rss/1.0", RSS),
            Map.entry("purl.org/net/rss1.1", RSS),
            Map.entry("my.netscape.com/rdf/simple/0.9", RSS),
            Map.entry("channel.netscape.com/rdf/simple/0.9", RSS),
            Map.entry("backend.userland.com/rss", RSS),
            Map.entry("backend.userland.com/rss2", RSS),
            Map.entry("blogs.law.harvard.edu/tech/rss", RSS),
            Map.entry("w3.org/2005/atom", ATOM),
            Map.entry("purl.org/atom/ns", ATOM),
            Map.entry("w3.org/1999/02/22-rdf-syntax-ns", RDF),
            Map.entry("purl.org/dc/elements/1.0", DUBLIN_CORE),
            Map.entry("purl.org/dc/elements/1.1", DUBLIN_CORE),
            Map.entry("purl.org/dc/terms", DUBLIN_CORE),
            Map.entry("purl.org/rss/1.0/modules/content", CONTENT),
            Map.entry("search.yahoo.com/mrss", MEDIA),
            Map.entry("itunes.com/dtds/podcast-1.0.dtd", ITUNES));

    private static final Pattern DECORATION = Pattern.compile("^https?://(www\\.)?|[/#]+$");

    private final String mark;

    Vocabulary(String mark) {
        this.mark = mark;
    }

    static Vocabulary of(String namespace) {
        String bare =
                DECORATION.matcher(namespace.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        return NAMESPACES.getOrDefault(bare, OTHER);
    }

    /** What a prefix means by convention: a document that forgot to declare it means that. */
    static Vocabulary ofUndeclared(String prefix) {
        return Arrays.stream(values())
                .filter(vocabulary -> vocabulary.mark.equals(prefix + ":"))
                .findFirst()
                .orElse(OTHER);
    }

    /** The one way in which this program writes a name, such as {@code dc:date}; names of RSS itself have no prefix. */
    String name(String local) {
        return mark + local.toLowerCase(Locale.ROOT);
    }
}
