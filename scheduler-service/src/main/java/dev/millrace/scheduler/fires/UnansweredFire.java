package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Values;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.ScheduleKey;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;

/**
 * A tick that fired or was missed, and that the api has not answered.
 *
 * @param sends how often it was sent, the first time included
 */
record UnansweredFire(FireReport report, int sends) {

    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int DOUBLINGS = 5;

    static UnansweredFire of(Row row) {
        return new UnansweredFire(
                new FireReport(
                        new ScheduleKey(row.getString("tenant"), row.getString("schedule")),
                        row.getLong("generation"),
                        Values.instant(row, "at"),
                        row.getBoolean("missed"),
                        Overlap.ofLabel(row.getString("overlap")),
                        row.getString("job")),
                row.getInteger("sends"));
    }

    /** Returns when it is sent again if it is sent now and no answer comes. */
    Instant sendAgainAt(Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(sends, DOUBLINGS));
        return now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
}
