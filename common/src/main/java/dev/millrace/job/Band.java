package dev.millrace.job;

import dev.millrace.names.Labelled;
import java.util.Locale;

/** The four lanes of a queue, served in this order. */
public enum Band implements Labelled {
    CRITICAL,
    HIGH,
    NORMAL,
    LOW;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Priority 10 is critical, 7 to 9 high, 4 to 6 normal, 1 to 3 low. */
    public static Band ofPriority(int priority) {
        if (priority < 1 || priority > 10) {
            throw new IllegalArgumentException("A priority is 1 to 10, not " + priority + ".");
        }
        return priority == 10 ? CRITICAL : priority >= 7 ? HIGH : priority >= 4 ? NORMAL : LOW;
    }

    public static Band ofLabel(String label) {
        return Labelled.of(values(), "band", label);
    }

    /** As it stands in keys and entries. */
    @Override
    public String label() {
        return label;
    }
}
