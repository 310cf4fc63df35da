package dev.millrace.api.schedules;

import dev.millrace.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule with what became of its latest tick.
 *
 * @param lastFireAt null if nothing became of any yet, as {@code lastOutcome}
 */
record StoredSchedule(
        Schedule schedule,
        @Nullable Instant lastFireAt,
        @Nullable String lastOutcome) {}
