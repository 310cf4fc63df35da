package dev.millrace.retry;

import java.util.Locale;

/** How much of the wait is left to chance. */
public enum Jitter {
    NONE,
    FULL;

    /** As streams, JSON and configuration have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The jitter that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code none} nor {@code full}
     */
    public static Jitter ofLabel(String label) {
        return switch (label) {
            case "none" -> NONE;
            case "full" -> FULL;
            default -> throw RetryRules.unknown("jitter", label, "none or full");
        };
    }
}
