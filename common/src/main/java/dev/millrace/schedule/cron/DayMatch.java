package dev.millrace.schedule.cron;

import java.util.Locale;

/** What counts when both day fields of an expression are restricted. */
public enum DayMatch {

    /** One of them is enough, as cron has it: {@code 0 0 13 * FRI} is each 13th and each Friday. */
    EITHER,

    /** The date must be in both, as Celery has it: {@code 0 0 13 * FRI} is each Friday the 13th. */
    BOTH;

    /** As JSON and configuration have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The rule that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code either} nor {@code both}
     */
    public static DayMatch ofLabel(String label) {
        return switch (label) {
            case "either" -> EITHER;
            case "both" -> BOTH;
            default -> throw new IllegalArgumentException("The dayMatch must be either or both, not '" + label + "'.");
        };
    }
}
