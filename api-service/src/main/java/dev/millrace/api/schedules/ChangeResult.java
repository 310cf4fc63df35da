package dev.millrace.api.schedules;

/** What became of a change that was not refused. */
sealed interface ChangeResult {

    /** The record shows it. */
    record Confirmed(StoredSchedule schedule, boolean created) implements ChangeResult {}

    /** It stands, and is carried out when a scheduler is there. */
    record Pending() implements ChangeResult {}

    /** The schedule is gone. */
    record Gone() implements ChangeResult {}
}
