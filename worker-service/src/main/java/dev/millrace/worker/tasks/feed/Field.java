package dev.millrace.worker.tasks.feed;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of an item that says something about it.
 *
 * @param name as {@link Vocabulary#name} writes it
 * @param attributes by their names without prefixes
 * @param content what lies within it
 * @param base the address against which its links are resolved
 */
record Field(String name, Map<String, String> attributes, Content content, String base) {

    private static final String ALTERNATE = "alternate";

    /** What it holds, without the blanks around it; null if that is nothing. */
    @Nullable
    String value() {
        String value = content.text().strip();
        return value.isEmpty() ? null : value;
    }

    /**
     * What it says as plain text. Atom and Media RSS say whether a text is HTML; in RSS one has to guess.
     *
     * @return null if it says nothing, or if what it holds is no text
     */
    @Nullable
    String plain(int maxLength) {
        if (content.isNested()) {
            return PlainText.ofHtml(content.markup(), maxLength);
        }
        boolean typed = name.startsWith("atom:") || name.startsWith("media:");
        return typed ? plain(type(), maxLength) : PlainText.ofUnknown(content.text(), maxLength);
    }

    /** The page to which it links; null if it is a link to something else, such as replies, or to nothing. */
    @Nullable
    String page() {
        String href = attributes.get("href");
        String reference = href == null ? value() : href;
        return reference == null || !isAlternate() ? null : address(reference);
    }

    /** The address that a reference in this field means. */
    String address(String reference) {
        // No address means this literally: it was escaped once too often.
        return WebReference.resolve(base, reference.replace("&amp;", "&"));
    }

    private boolean isAlternate() {
        String relation = attributes.getOrDefault("rel", ALTERNATE);
        return relation.equals(ALTERNATE) || relation.endsWith("/" + ALTERNATE);
    }

    private String type() {
        boolean encoded = "base64".equals(attributes.get("mode"));
        return encoded ? "base64" : attributes.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
    }

    private @Nullable String plain(String type, int maxLength) {
        if (type.contains("html")) {
            return PlainText.ofHtml(content.text(), maxLength);
        }
        boolean text = type.equals("text") || type.equals("plain") || type.startsWith("text/");
        return text ? PlainText.ofText(content.text(), maxLength) : null;
    }
}
