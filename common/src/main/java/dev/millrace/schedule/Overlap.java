package dev.millrace.schedule;

import java.util.Locale;

/** What a fire does while the job of an earlier one has not ended. */
public enum Overlap {
    /** Makes a job all the same. */
    ALLOW,

    /** Makes none. */
    SKIP;

    /** As JSON and configuration have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rule that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code allow} nor {@code skip}
     */
    public static Overlap ofLabel(String label) {
        return switch (label) {
            case "allow" -> ALLOW;
            case "skip" -> SKIP;
            default -> throw new IllegalArgumentException("The overlap must be allow or skip, not '" + label + "'.");
        };
    }
}
