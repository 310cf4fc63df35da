package dev.millrace.scheduler.fires;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Occurrence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a round does about one schedule that is due.
 *
 * @param missed how many ticks do not fire any more; {@link #COUNTED} stands for so many or more
 * @param shown the latest of these, which get a line in the history
 * @param fires the ticks that fire in this round, in their order
 * @param next the first tick that is left; null if the schedule has come to its end
 * @param decidedAt the instant by which the ticks from {@code next} on are still to be decided; null if all of them are
 */
record Decision(
        long missed,
        List<Instant> shown,
        List<Instant> fires,
        @Nullable Instant next,
        @Nullable Instant decidedAt) {

    /** A schedule of each second that was away for a day: whoever counts on is late for the others. */
    static final int COUNTED = 100_000;

    static final int SHOWN = 1_000;

    /**
     * Decides about the ticks from {@code first} to {@code now}.
     *
     * @param room how many may fire in this round, at least 1; the rest is decided in the next one by the same instant
     */
    static Decision of(Plan plan, Instant first, Instant now, int room) {
        Due due = Due.of(plan, first, now);
        List<Instant> fires = due.fires().map(Occurrence::at).limit(room + 1L).toList();
        long missed = due.missed().limit(COUNTED).count();
        List<Instant> shown = missed == 0 ? List.of() : due.latestMissed(SHOWN);
        return fires.size() > room
                ? new Decision(missed, shown, fires.subList(0, room), fires.get(room), now)
                : new Decision(
                        missed, shown, fires, due.next().map(Occurrence::at).orElse(null), null);
    }
}
