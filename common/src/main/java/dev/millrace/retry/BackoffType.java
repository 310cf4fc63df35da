package dev.millrace.retry;

import java.util.Locale;

/** How the wait grows from one failure to the next. */
public enum BackoffType {
    FIXED,
    EXPONENTIAL;

    /** As streams, JSON and configuration have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code fixed} nor {@code exponential}
     */
    public static BackoffType ofLabel(String label) {
        return switch (label) {
            case "fixed" -> FIXED;
            case "exponential" -> EXPONENTIAL;
            default -> throw RetryRules.unknown("back-off type", label, "fixed or exponential");
        };
    }
}
