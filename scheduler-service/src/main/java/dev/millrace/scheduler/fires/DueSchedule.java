package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Values;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose next tick has come, locked by the round that fires it.
 *
 * @param plan as JSON
 * @param nextAt the first tick that was not dealt with; null if none comes
 * @param decidedAt the instant of a decision whose later fires are still to be made; null if there is none
 */
record DueSchedule(
        ScheduleKey key,
        long generation,
        String plan,
        String job,
        @Nullable Instant nextAt,
        @Nullable Instant decidedAt) {

    static DueSchedule of(Row row) {
        return new DueSchedule(
                new ScheduleKey(row.getString("tenant"), row.getString("id")),
                row.getLong("generation"),
                row.getString("plan"),
                row.getString("job"),
                Values.instantOrNull(row, "next_at"),
                Values.instantOrNull(row, "decided_at"));
    }

    /**
     * Returns the plan.
     *
     * @throws IllegalArgumentException if this version cannot read it
     */
    Plan readPlan() {
        return ScheduleCodec.plan(plan);
    }

    /** Returns it as it is after a decision about its ticks. */
    DueSchedule after(Decision decision) {
        return new DueSchedule(key, generation, plan, job, decision.next(), decision.decidedAt());
    }

    /** Returns one that fires no more. */
    DueSchedule stopped() {
        return new DueSchedule(key, generation, plan, job, null, null);
    }
}
