package dev.millrace.api.record.stats;

import dev.millrace.loop.Duties;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Counts what has ended, every 15 seconds in one of all instances. After an outage it goes on where it stopped, ten minutes at a
 * time, and leaves out what is a day ago.
 */
@ApplicationScoped
public class StatCount {

    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** So long a job's end may take from Redis to the record and still be counted. */
    private static final Duration LATE = Duration.ofMinutes(3);

    private static final Duration AT_ONCE = Duration.ofMinutes(10);
    private static final int AT_A_TURN = 5;
    private static final Duration MINUTES_KEPT = Duration.ofHours(2);
    private static final Duration QUARTERS_KEPT = Duration.ofHours(25);
    private static final int QUARTER_MINUTES = 15;

    /** Nobody waits for the turn: whoever has it does what is to be done. */
    private static final String TURN =
            "select counted_to, clock_timestamp() as now from api.job_stat_turn for update skip locked";

    private static final String TURNED = "update api.job_stat_turn set counted_to = $1";

    private static final String CLEAR = "delete from api.job_stat where quarter = $1 and at >= $2 and at < $3";

    private static final String FORGET = "delete from api.job_stat where quarter = $1 and at < $2";

    private static final String COLUMNS =
            "(tenant, quarter, at, task, queue, succeeded, failed, timed_out, cancelled, expired, retried, waits, runs)";

    private static final String COUNT = """
            insert into api.job_stat %s
            select tenant, false, at, task, queue,
                coalesce(sum(n) filter (where state = 'SUCCEEDED'), 0), coalesce(sum(n) filter (where state = 'FAILED'), 0),
                coalesce(sum(n) filter (where state = 'TIMED_OUT'), 0),
                coalesce(sum(n) filter (where state = 'CANCELLED'), 0),
                coalesce(sum(n) filter (where state = 'EXPIRED'), 0), sum(retried), %s, %s
            from (
                select tenant, date_trunc('minute', finished_at) as at, task, queue, state, count(*) as n,
                    sum(attempt - 1) as retried, %s as wait_bucket, %s as run_bucket
                from api.job where finished_at >= $1 and finished_at < $2
                group by 1, 2, 3, 4, 5, wait_bucket, run_bucket) as counted
            group by tenant, at, task, queue""".formatted(
                    COLUMNS,
                    Buckets.array("n", "wait_bucket"),
                    Buckets.array("n", "run_bucket"),
                    Buckets.of(
                            "case when attempt = 1 then extract(epoch from started_at - greatest(created_at, scheduled_for)) * 1000 end"),
                    Buckets.of("duration_ms"));

    private static final String QUARTER = "date_bin('15 minutes', at, timestamptz '2000-01-01 00:00:00Z')";

    private static final String ADD_UP = """
            insert into api.job_stat %s
            select tenant, true, %s, task, queue, sum(succeeded), sum(failed), sum(timed_out), sum(cancelled), sum(expired),
                sum(retried), %s, %s
            from api.job_stat where not quarter and at >= $1 and at < $2
            group by 1, 3, 4, 5""".formatted(COLUMNS, QUARTER, Buckets.sum("waits"), Buckets.sum("runs"));

    private final Db db;

    StatCount(Db db) {
        this.db = db;
    }

    private record Turn(Instant countedTo, Instant now) {}

    void start(@Observes StartupEvent starting, Duties duties) {
        duties.start("stats", PERIOD, this::countOnce);
    }

    /** Counts what there is to count, unless another instance does. */
    void countOnce() {
        boolean more = true;
        for (int i = 0; more && i < AT_A_TURN; i++) {
            more = db.transaction(LIMIT, StatCount::countSome);
        }
    }

    /** Returns whether there is more to count. */
    private static boolean countSome(Tx tx) {
        Optional<Turn> turn =
                tx.first(row -> new Turn(Values.instant(row, "counted_to"), Values.instant(row, "now")), TURN);
        return turn.isPresent() && count(tx, turn.get());
    }

    private static boolean count(Tx tx, Turn turn) {
        Instant from = from(turn);
        Instant to = to(from, turn);
        replace(tx, false, from, to, COUNT);
        Instant quarter = quarter(from);
        replace(tx, true, quarter, to, ADD_UP);
        tx.run(FORGET, false, Values.time(to.minus(MINUTES_KEPT)));
        tx.run(FORGET, true, Values.time(to.minus(QUARTERS_KEPT)));
        tx.run(TURNED, Values.time(to));
        return to.isBefore(turn.now());
    }

    private static void replace(Tx tx, boolean quarter, Instant from, Instant to, String insert) {
        tx.run(CLEAR, quarter, Values.time(from), Values.time(to));
        tx.run(insert, Values.time(from), Values.time(to));
    }

    /** A minute that has begun since is a reason to look once more at those in which jobs were still to be recorded. */
    private static Instant from(Turn turn) {
        Instant minute = turn.countedTo().truncatedTo(ChronoUnit.MINUTES);
        boolean sameMinute = turn.now().truncatedTo(ChronoUnit.MINUTES).equals(minute);
        Instant from = sameMinute ? minute : minute.minus(LATE);
        Instant oldest = quarter(turn.now().minus(QUARTERS_KEPT));
        return from.isBefore(oldest) ? oldest : from;
    }

    /** A whole minute, or now. */
    private static Instant to(Instant from, Turn turn) {
        Instant to = from.plus(LATE).plus(AT_ONCE);
        return to.isBefore(turn.now()) ? to : turn.now();
    }

    private static Instant quarter(Instant at) {
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        long minutes = Duration.between(hour, at).toMinutes();
        return hour.plus(Duration.ofMinutes(minutes - minutes % QUARTER_MINUTES));
    }
}
