package dev.millrace.api.schedules.fires;

import dev.millrace.schedule.ScheduleKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many ticks of a schedule were rejected in a row, at the end of a batch.
 *
 * @param begins whether the batch holds one that was not rejected, behind which the count begins; else it goes on from before
 */
record RejectionStreak(ScheduleKey key, long generation, boolean begins, int rejected) {

    private record Ticks(ScheduleKey key, long generation) {}

    /** One for each schedule, of lines in the order of their ticks. Missed ticks say nothing of a job. */
    static Collection<RejectionStreak> of(List<FireLine> lines) {
        Map<Ticks, RejectionStreak> streaks = new LinkedHashMap<>();
        lines.forEach(
                line -> streaks.merge(new Ticks(line.key(), line.generation()), ofOne(line), RejectionStreak::then));
        return new ArrayList<>(streaks.values());
    }

    private static RejectionStreak ofOne(FireLine line) {
        return switch (line.outcome()) {
            case FIRED, SKIPPED_OVERLAP -> new RejectionStreak(line.key(), line.generation(), true, 0);
            case REJECTED -> new RejectionStreak(line.key(), line.generation(), false, 1);
            case MISSED -> new RejectionStreak(line.key(), line.generation(), false, 0);
        };
    }

    private RejectionStreak then(RejectionStreak next) {
        return next.begins ? next : new RejectionStreak(key, generation, begins, rejected + next.rejected);
    }
}
