package dev.millrace.api.service.diagnostics;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;

/**
 * What is made of how the record stands to what happens.
 *
 * @param overdue for how long the relay should have published the oldest row of the outbox
 * @param parked jobs that wait for room in their bands
 * @param quarantined entries that nobody could read, within a day
 * @param lettersNow dead letters of the latest hour
 * @param lettersBefore dead letters of the hour before
 */
record RecordFindings(Duration overdue, long parked, long quarantined, long lettersNow, long lettersBefore) {

    static final String ASK = """
            select coalesce(extract(epoch from greatest(now() - min(due_at), interval '0')) * 1000, 0)::bigint as overdue,
                (%s) as parked,
                (select count(*) from (select from api.quarantine where at > now() - interval '1 day' limit 1000) as q)
                    as quarantined,
                (select count(*) from (select from api.dead_letter
                    where open and failed_at > now() - interval '1 hour' limit 10000) as n) as letters_now,
                (select count(*) from (select from api.dead_letter where open
                    and failed_at > now() - interval '2 hours' and failed_at <= now() - interval '1 hour' limit 10000)
                    as b) as letters_before
            from api.outbox""";

    private static final Duration LATE = Duration.ofSeconds(30);
    private static final long MANY = 10;

    static RecordFindings of(Row row) {
        return new RecordFindings(
                Duration.ofMillis(row.getLong("overdue")),
                row.getLong("parked"),
                row.getLong("quarantined"),
                row.getLong("letters_now"),
                row.getLong("letters_before"));
    }

    List<Finding> all() {
        return List.of(outbox(), quarantine(), letters());
    }

    private Finding outbox() {
        if (overdue.compareTo(LATE) > 0) {
            return Finding.bad(
                    "outbox",
                    "Accepted jobs should have been in Redis " + overdue.toSeconds() + " s ago.",
                    "See what is said of Redis, and look into the logs of the apis.");
        }
        return parked > 0
                ? Finding.note(
                        "outbox",
                        parked + " jobs wait in PostgreSQL, since their queues are full.",
                        "Start more workers or give them more slots; the jobs follow in their order.")
                : Finding.ok("outbox", "What was accepted is in Redis.");
    }

    private Finding quarantine() {
        return quarantined > 0
                ? Finding.note(
                        "quarantine",
                        quarantined + " entries of streams could not be read within a day.",
                        "Look at the table api.quarantine: a version that does not fit, or somebody else writes there.")
                : Finding.ok("quarantine", "All entries of streams could be read.");
    }

    private Finding letters() {
        if (lettersNow >= MANY && lettersNow > 2 * lettersBefore) {
            return Finding.bad(
                    "dead letters",
                    "%d jobs failed for good within an hour, after %d in the hour before."
                            .formatted(lettersNow, lettersBefore),
                    "GET /api/v1/dead-letters/groups counts their causes.");
        }
        return lettersNow > 0
                ? Finding.note(
                        "dead letters",
                        lettersNow + " jobs failed for good within an hour, and nobody has looked after them.",
                        "GET /api/v1/dead-letters/groups counts their causes; requeue or resolve them.")
                : Finding.ok("dead letters", "There is no new one.");
    }
}
