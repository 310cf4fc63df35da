package dev.millrace.api.record.query.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was typed to find jobs: one to {@value #MOST_WORDS} words, all of which have to hold of a job. Blanks are between words
 * unless they are quoted, {@code "like this"}.
 */
public record Search(List<Word> words) {

    public static final int MOST_CHARACTERS = 500;
    public static final int MOST_WORDS = 10;

    public Search {
        words = List.copyOf(words);
    }

    /**
     * Reads what was typed.
     *
     * @throws IllegalArgumentException if there is no word in it, if a quote is not closed, or if it is too much
     */
    public static Search parse(String text) {
        if (text.length() > MOST_CHARACTERS || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("More than can be looked for, or U+0000.");
        }
        List<Word> words = words(text).stream().map(Word::of).toList();
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("No word, or too many.");
        }
        return new Search(words);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char next : (text + ' ').toCharArray()) {
            if (next == '"') {
                quoted = !quoted;
            } else if (quoted || !Character.isWhitespace(next)) {
                word.append(next);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("A quote that is not closed.");
        }
        return words;
    }

    /** Whether it finds jobs along the index of their ids, and looks at no other. */
    public boolean isOfIds() {
        return words.stream().anyMatch(Word.Id.class::isInstance);
    }

    /** Whether it looks into payloads, of which not every caller sees everything. */
    public boolean looksIntoPayloads() {
        return words.stream().anyMatch(Word.Payload.class::isInstance);
    }

    /** The conditions that an index serves. */
    public List<String> indexed(Function<Object, String> parameter) {
        return words.stream()
                .filter(Word.Id.class::isInstance)
                .map(word -> word.sql(parameter))
                .toList();
    }

    /** The conditions that are tried on one job after the other. */
    public List<String> filtered(Function<Object, String> parameter) {
        return words.stream()
                .filter(word -> !(word instanceof Word.Id))
                .map(word -> word.sql(parameter))
                .toList();
    }

    /** What {@link #indexed} looks at. */
    public Set<String> indexedFields() {
        return fields(true);
    }

    /** What {@link #filtered} looks at. */
    public Set<String> filteredFields() {
        return fields(false);
    }

    private Set<String> fields(boolean indexed) {
        return words.stream()
                .filter(word -> word instanceof Word.Id == indexed)
                .flatMap(word -> word.fields().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
