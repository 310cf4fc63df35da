package dev.millrace.schedule;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * What the api asks of the schedulers. A command is carried out once, however often it arrives, and is answered each time
 * by {@link ScheduleEvent} that names it.
 */
public sealed interface ScheduleCommand extends SchedulerMessage {

    /** By which a repetition is known. */
    UUID id();

    ScheduleKey key();

    /** Makes a schedule whose key nobody has. */
    record Create(UUID id, ScheduleKey key, ScheduleContent content) implements ScheduleCommand {}

    /**
     * Makes a schedule, or replaces what one holds.
     *
     * @param version that it must have; empty if any will do, and if none may do
     * @param keepsAnchor whether an equal interval that stands keeps its anchor, since the client named none
     */
    record Put(UUID id, ScheduleKey key, OptionalLong version, ScheduleContent content, boolean keepsAnchor)
            implements ScheduleCommand {

        /** What is to stand where this stood. */
        public ScheduleContent contentAfter(ScheduleContent before) {
            return keepsAnchor ? content.withAnchorOf(before) : content;
        }
    }

    /**
     * Deletes a schedule. Jobs that it has made are left alone.
     *
     * @param version that it must have; empty if any will do
     */
    record Remove(UUID id, ScheduleKey key, OptionalLong version) implements ScheduleCommand {}

    /** Lets it fire no more until {@link Resume}. Done already: nothing changes. */
    record Pause(UUID id, ScheduleKey key) implements ScheduleCommand {}

    /** Lets it fire again, from the next tick on. Done already: nothing changes. */
    record Resume(UUID id, ScheduleKey key) implements ScheduleCommand {}
}
