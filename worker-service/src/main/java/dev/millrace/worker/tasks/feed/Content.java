package dev.millrace.worker.tasks.feed;

import org.jsoup.nodes.Entities;

/** What lies within an element: its text, and the same with the elements in it written out as HTML. */
final class Content {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder markup = new StringBuilder();
    private boolean nested;

    static Content of(String text) {
        var content = new Content();
        content.add(text);
        return content;
    }

    void open(String element) {
        nested = true;
        markup.append('<').append(element).append('>');
    }

    void close(String element) {
        markup.append("</").append(element).append('>');
    }

    void add(String more) {
        text.append(more);
        markup.append(Entities.escape(more));
    }

    /** Whether there are elements in it, so that it is markup and not the text of some. */
    boolean isNested() {
        return nested;
    }

    String markup() {
        return markup.toString();
    }

    String text() {
        return text.toString();
    }
}
