package dev.millrace.api.schedules;

/** What became of a change that was not refused. */
sealed interface Edited {

    /** The record shows it. */
    record Confirmed(StoredSchedule schedule, boolean created) implements Edited {}

    /** It stands, and is carried out when a scheduler is there. */
    record Pending() implements Edited {}

    /** The schedule is gone. */
    record Gone() implements Edited {}
}
