package dev.millrace.schedule.cron;

import dev.millrace.names.Labelled;

/** What counts when both day fields of an expression are restricted. */
public enum DayMatch implements Labelled {

    /** One of them is enough, as cron has it: {@code 0 0 13 * FRI} is each 13th and each Friday. */
    EITHER,

    /** The date must be in both, as Celery has it: {@code 0 0 13 * FRI} is each Friday the 13th. */
    BOTH;

    /**
     * The rule that has this label.
     *
     * @throws IllegalArgumentException if it is neither {@code either} nor {@code both}
     */
    public static DayMatch ofLabel(String label) {
        return Labelled.of(values(), "dayMatch", label);
    }
}
