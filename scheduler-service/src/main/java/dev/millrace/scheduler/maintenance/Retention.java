package dev.millrace.scheduler.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is deleted when. */
public record Retention(Duration fires) {

    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration REMOVED = Duration.ofDays(7);
    private static final Duration COMMANDS = Duration.ofDays(1);
    private static final Duration QUARANTINE = Duration.ofDays(7);

    public Retention {
        if (fires.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "millrace.scheduler.retention.fires is %s: it must be %s or more.".formatted(fires, LEAST));
        }
    }

    public static Retention of(RetentionConfig config) {
        return new Retention(config.fires());
    }

    /** One table's rows from before a time. */
    record ExpiredRows(String table, String old, Instant before) {

        /** A statement whose parameters are the time and how many rows it may delete. */
        String delete() {
            return "delete from scheduler.%1$s where ctid = any(array(select ctid from scheduler.%1$s where %2$s limit $2))"
                    .formatted(table, old.formatted("$1"));
        }
    }

    List<ExpiredRows> at(Instant now) {
        return List.of(
                new ExpiredRows("fire", "send_at is null and at < %s", now.minus(fires)),
                new ExpiredRows("schedule", "removed_at < %s", now.minus(REMOVED)),
                new ExpiredRows("command", "at < %s", now.minus(COMMANDS)),
                new ExpiredRows("quarantine", "at < %s", now.minus(QUARANTINE)));
    }
}
