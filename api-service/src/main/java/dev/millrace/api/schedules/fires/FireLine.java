package dev.millrace.api.schedules.fires;

import dev.millrace.job.JobId;
import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.ScheduleKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tick.
 *
 * @param job that was made; null if none was
 * @param workflow that was started; null if none was
 * @param detail why none was made, of one that was rejected; else null
 */
record FireLine(
        ScheduleKey key,
        long generation,
        Instant at,
        @Nullable JobId job,
        @Nullable UUID workflow,
        Outcome outcome,
        @Nullable String detail) {}
