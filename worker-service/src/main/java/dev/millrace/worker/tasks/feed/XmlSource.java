package dev.millrace.worker.tasks.feed;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamLocation2;

/**
 * Reads XML that attackers may have written. Nothing is ever fetched: an external DTD is taken for empty, an external
 * entity that is used is an error. How deep elements and entities go, how often entities are used, and how much text
 * comes of them is bounded. Names are read as they are written; {@link Scope} knows what they mean.
 */
final class XmlSource {

    private static final int DEPTH = 200;
    private static final int ENTITY_DEPTH = 16;
    private static final int ENTITIES = 10_000;
    /** By how many characters entities may make a document larger. */
    private static final int GROWTH = 1_000_000;

    private static final WstxInputFactory FACTORY = factory();

    private final XMLStreamReader xml;
    private long textLeft;

    XmlSource(String document) throws XMLStreamException {
        xml = FACTORY.createXMLStreamReader(new StringReader(document));
        textLeft = document.length() + (long) GROWTH;
    }

    /** Goes on to the next event and returns its type, of {@link XMLStreamConstants}. */
    int next() throws XMLStreamException {
        int event = xml.next();
        textLeft -= length();
        if (textLeft < 0) {
            throw new XMLStreamException("The entities of the document expand too far.");
        }
        return event;
    }

    /** Goes on to the end of the element at whose start it stands. */
    void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
        }
    }

    /** Goes on to the end of the element at whose start it stands, and returns what lies between. */
    Content content() throws XMLStreamException {
        var content = new Content();
        for (int depth = 1; depth > 0; ) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    content.open(Scope.local(xml.getLocalName()));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    content.close(Scope.local(xml.getLocalName()));
                }
                default -> content.add(isText() ? xml.getText() : "");
            }
        }
        return content;
    }

    boolean isAtStart() {
        return xml.isStartElement();
    }

    /** The name of the element at whose start or end it stands, prefix included. */
    String name() {
        return xml.getLocalName();
    }

    /** The attributes of the element at whose start it stands, by their names with prefixes. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }

    /** The line of the document, counted from 1, in which that happened; of an entity, the line that used it. */
    int line(XMLStreamException failure) {
        Location location = failure.getLocation() == null ? xml.getLocation() : failure.getLocation();
        while (location instanceof XMLStreamLocation2 within && within.getContext() != null) {
            location = within.getContext();
        }
        return location.getLineNumber();
    }

    /** How many characters of text or of attributes there are where it stands. */
    private int length() {
        if (isAtStart()) {
            return attributes().values().stream().mapToInt(String::length).sum();
        }
        return isText() ? xml.getTextLength() : 0;
    }

    private boolean isText() {
        return switch (xml.getEventType()) {
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> true;
            default -> false;
        };
    }

    private static WstxInputFactory factory() {
        XMLResolver empty = (publicId, systemId, base, name) -> new StringReader("");
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_CACHE_DTDS, false);
        factory.setProperty(WstxInputProperties.P_DTD_RESOLVER, empty);
        factory.setProperty(WstxInputProperties.P_ENTITY_RESOLVER, (XMLResolver) XmlSource::refuse);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ENTITY_DEPTH, ENTITY_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ENTITY_COUNT, ENTITIES);
        return factory;
    }

    private static Object refuse(String publicId, String systemId, String base, String name) throws XMLStreamException {
        throw new XMLStreamException("External entities are not fetched.");
    }
}
