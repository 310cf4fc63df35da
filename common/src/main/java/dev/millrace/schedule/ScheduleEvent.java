package dev.millrace.schedule;

import dev.millrace.names.Labelled;
import java.util.Optional;
import java.util.UUID;

/** What the schedulers tell the api of schedules. To hear it twice, or late, changes nothing: the greater version counts. */
public sealed interface ScheduleEvent {

    /**
     * This is what the schedule is now.
     *
     * @param command that it answers; empty if it answers none
     */
    record Stands(Schedule schedule, Optional<UUID> command) implements ScheduleEvent {}

    /**
     * There is no such schedule any more.
     *
     * @param version greater than that of the schedule that was removed
     * @param command that it answers; empty if it answers none
     */
    record Removed(ScheduleKey key, long generation, long version, Optional<UUID> command) implements ScheduleEvent {}

    /** A command was not carried out. */
    record Refused(UUID command, Reason reason) implements ScheduleEvent {}

    /** Why not. */
    enum Reason implements Labelled {
        /** To create: there is one with this key. */
        EXISTS,

        /** There is none with this key. */
        UNKNOWN,

        /** It has another version than the one that was named. */
        STALE,

        /** It is declared in the schedulers' configuration. */
        CONFIGURED,

        /** The schedulers cannot carry it out: the command breaks a rule of theirs, or is newer than they are. */
        INVALID;

        /**
         * The reason that has this label.
         *
         * @throws IllegalArgumentException if none has
         */
        public static Reason ofLabel(String label) {
            return Labelled.of(values(), "reason", label);
        }
    }
}
