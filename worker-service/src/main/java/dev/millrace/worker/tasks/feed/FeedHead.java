package dev.millrace.worker.tasks.feed;

import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of itself before its first item. The library tells neither a feed without items from something
 * that is no feed, nor from one that is broken.
 *
 * @param feed whether the root element is that of RSS or Atom
 * @param title the feed's own title, if it comes before the first item
 * @param complete whether the document was read to its end without meeting an item
 */
record FeedHead(boolean feed, @Nullable String title, boolean complete) {

    private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");
    private static final Set<String> ITEMS = Set.of("item", "entry");

    static FeedHead of(XmlText document) {
        var head = new Scan();
        try {
            head.read(factory().createXMLStreamReader(document.open()));
        } catch (XMLStreamException broken) {
            // What was seen up to there is the answer; complete stays false.
        }
        return new FeedHead(head.feed, head.title, head.complete);
    }

    /** Attackers write feeds too: no DTD, no entity that would fetch or multiply. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static final class Scan {

        private boolean feed;
        private @Nullable String title;
        private boolean complete;
        private int depth;
        private int titleDepth;
        private final StringBuilder text = new StringBuilder();

        void read(XMLStreamReader xml) throws XMLStreamException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (ITEMS.contains(xml.getLocalName())) {
                            return;
                        }
                        start(xml.getLocalName());
                    }
                    case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                    case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                    default -> {}
                }
            }
            complete = true;
        }

        /** Atom has its title under the root, RSS one level below: in the channel. */
        private void start(String name) {
            depth++;
            text.setLength(0);
            if (depth == 1) {
                feed = ROOTS.contains(name);
                titleDepth = name.equals("feed") ? 2 : 3;
            }
        }

        private void end(String name) {
            if (depth == titleDepth && name.equals("title") && title == null) {
                title = text.toString();
            }
            depth--;
        }
    }
}
