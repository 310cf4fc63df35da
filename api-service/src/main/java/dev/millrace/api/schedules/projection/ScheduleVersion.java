package dev.millrace.api.schedules.projection;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import org.jspecify.annotations.Nullable;

/**
 * What one of the events says about its schedule.
 *
 * @param schedule null if it is removed
 */
record ScheduleVersion(
        ScheduleKey key,
        long generation,
        long version,
        @Nullable Schedule schedule) {

    static ScheduleVersion of(Stands stands) {
        Schedule schedule = stands.schedule();
        return new ScheduleVersion(schedule.key(), schedule.generation(), schedule.version(), schedule);
    }

    static ScheduleVersion of(Removed removed) {
        return new ScheduleVersion(removed.key(), removed.generation(), removed.version(), null);
    }

    ScheduleVersion later(ScheduleVersion other) {
        return other.version > version ? other : this;
    }
}
