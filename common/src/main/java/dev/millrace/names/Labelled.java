package dev.millrace.names;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A constant of an enum that has a spelling of its own in streams, JSON, configuration and meters. */
public interface Labelled {

    String name();

    /** The name in lower case, its words joined by hyphens: {@code skipped-overlap}. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the constant that has this label.
     *
     * @param all constants that there are
     * @param what they are, for the message
     * @throws IllegalArgumentException if none has it; names those that there are
     */
    static <E extends Labelled> E of(E[] all, String what, String label) {
        for (E one : all) {
            if (one.label().equals(label)) {
                return one;
            }
        }
        throw new IllegalArgumentException("The %s must be %s, not '%s'.".formatted(what, known(all), label));
    }

    private static String known(Labelled[] all) {
        List<String> labels = Arrays.stream(all).map(Labelled::label).toList();
        int last = labels.size() - 1;
        return last == 0 ? labels.getFirst() : String.join(", ", labels.subList(0, last)) + " or " + labels.get(last);
    }
}
