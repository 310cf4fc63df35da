package dev.millrace.api.schedules.projection;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.ScheduleNews.Removed;
import dev.millrace.schedule.ScheduleNews.Stands;
import org.jspecify.annotations.Nullable;

/**
 * What one of the news says about its schedule.
 *
 * @param schedule null if it is removed
 */
record Known(
        ScheduleKey key,
        long generation,
        long version,
        @Nullable Schedule schedule) {

    static Known of(Stands stands) {
        Schedule schedule = stands.schedule();
        return new Known(schedule.key(), schedule.generation(), schedule.version(), schedule);
    }

    static Known of(Removed removed) {
        return new Known(removed.key(), removed.generation(), removed.version(), null);
    }

    Known later(Known other) {
        return other.version > version ? other : this;
    }
}
