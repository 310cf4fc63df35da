package dev.millrace.worker.tasks.feed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an element takes over from the elements around it.
 *
 * @param outer the scope of the element around it; null for the document's own
 * @param base the address against which links are resolved
 * @param prefixes what the prefixes that the element itself declares mean; the empty one is that of names without one
 */
record Scope(@Nullable Scope outer, String base, Map<String, Vocabulary> prefixes) {

    private static final String DECLARATION = "xmlns:";

    /** The scope of a document whose names without a namespace are of that vocabulary. */
    static Scope of(String address, Vocabulary own) {
        return new Scope(null, address, Map.of("", own));
    }

    /** The scope of an element within, by the attributes that it has. */
    Scope enter(Map<String, String> attributes) {
        Map<String, Vocabulary> declared = new HashMap<>();
        attributes.forEach((name, value) -> declare(name, value, declared));
        String own = attributes.get("xml:base");
        return new Scope(this, own == null ? base : WebReference.resolve(base, own), declared);
    }

    /** This scope, in which names with the prefix of that one belong to a vocabulary, if none that is known. */
    Scope orElse(String qualified, Vocabulary own) {
        return vocabulary(prefix(qualified)) == Vocabulary.OTHER
                ? new Scope(this, base, Map.of(prefix(qualified), own))
                : this;
    }

    /** The name as {@link Vocabulary#name} writes it, whatever prefix the document uses. */
    String name(String qualified) {
        return vocabulary(prefix(qualified)).name(local(qualified));
    }

    static String local(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    private static String prefix(String qualified) {
        return qualified.substring(0, Math.max(0, qualified.indexOf(':')));
    }

    private static void declare(String attribute, String namespace, Map<String, Vocabulary> declared) {
        if (attribute.startsWith(DECLARATION)) {
            declared.put(attribute.substring(DECLARATION.length()), Vocabulary.of(namespace));
        } else if (attribute.equals("xmlns") && !namespace.isBlank()) {
            declared.put("", Vocabulary.of(namespace));
        }
    }

    /** As many steps as elements are open: their number is bounded. */
    private Vocabulary vocabulary(String prefix) {
        Vocabulary declared = prefixes.get(prefix);
        if (declared != null) {
            return declared;
        }
        return outer == null ? Vocabulary.ofUndeclared(prefix) : outer.vocabulary(prefix);
    }
}
