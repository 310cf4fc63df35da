package dev.millrace.worker.tasks.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Finds the items of a feed: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0. Reads one document. */
final class FeedReader {

    private static final int TITLE = 500;

    /** The root elements, and the vocabulary of what within them has no namespace. */
    private static final Map<String, Vocabulary> ROOTS =
            Map.of("rss", Vocabulary.RSS, "rdf", Vocabulary.RSS, "feed", Vocabulary.ATOM);

    private final XmlSource xml;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String title;
    private boolean isFeed;

    private FeedReader(XmlSource xml) {
        this.xml = xml;
    }

    /**
     * Reads a document to its end, or to where it is broken.
     *
     * @param address where the document is
     * @return empty if it is no feed
     */
    static Optional<Feed> read(String document, String address) {
        try {
            return new FeedReader(new XmlSource(XmlRepair.repair(document))).read(address);
        } catch (XMLStreamException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Feed> read(String address) {
        Integer brokenAtLine = null;
        try {
            root(address);
        } catch (XMLStreamException broken) {
            brokenAtLine = xml.line(broken);
        }
        return isFeed ? Optional.of(new Feed(title, entries, brokenAtLine)) : Optional.empty();
    }

    private void root(String address) throws XMLStreamException {
        do {
            xml.next();
        } while (!xml.isAtStart());
        Vocabulary own = ROOTS.get(Scope.local(xml.name()).toLowerCase(Locale.ROOT));
        isFeed = own != null;
        if (own != null) {
            contents(Scope.of(address, own).enter(xml.attributes()).orElse(xml.name(), own));
        }
    }

    private void contents(Scope scope) throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.isAtStart()) {
                element(scope.enter(xml.attributes()));
            }
        }
    }

    private void element(Scope scope) throws XMLStreamException {
        String name = scope.name(xml.name());
        switch (name) {
            case "item", "atom:entry" -> entries.add(entry(scope));
            case "channel" -> contents(scope);
            case "title", "atom:title" -> {
                String own = field(name, scope).plain(TITLE);
                title = title == null ? own : title;
            }
            default -> xml.skip();
        }
    }

    private Entry entry(Scope scope) throws XMLStreamException {
        List<Field> fields = new ArrayList<>();
        xml.attributes().forEach((name, value) -> {
            if (Scope.local(name).equals("about")) {
                fields.add(new Field(Entry.ABOUT, Map.of(), Content.of(value), scope.base()));
            }
        });
        fields(scope, fields);
        return new Entry(fields);
    }

    private void fields(Scope scope, List<Field> fields) throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (!xml.isAtStart()) {
                continue;
            }
            Scope inner = scope.enter(xml.attributes());
            String name = inner.name(xml.name());
            if (name.equals("media:group")) {
                fields(inner, fields);
            } else if (Entry.FIELDS.contains(name)) {
                fields.add(field(name, inner));
            } else {
                xml.skip();
            }
        }
    }

    private Field field(String name, Scope scope) throws XMLStreamException {
        return new Field(name, xml.attributes(), xml.content(), scope.base());
    }
}
