package dev.millrace.scheduler.fires;

import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Plan;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Db;
import dev.millrace.scheduler.db.Tx;
import dev.millrace.scheduler.schedules.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Fires what is due, in rounds of one transaction each. For one thread; any number of them may turn anywhere. */
public final class Firing {

    private static final Logger LOG = Logger.getLogger(Firing.class);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Another scheduler may have made a schedule that is due sooner than all that was known. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** What is due and was not found here is in the hands of another scheduler, for some milliseconds. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);

    private static final int SCHEDULES = 100;

    /** What one round fires at most, of all schedules together. */
    private static final int TICKS = 1_000;

    /** A round is written in one statement and held in memory; jobs may be large. */
    private static final int CHARACTERS = 8 << 20;

    static final String DUE = """
            select * from scheduler.schedule where next_at <= cast(?1 as timestamptz)
             order by next_at limit ?2 for update skip locked""";

    static final String NEXT = """
            select cast(floor(extract(epoch from min(next_at)) * 1000) as bigint)
              from scheduler.schedule where next_at is not null""";

    private final Db db;
    private final DatabaseClock clock;
    private final Reports reports;
    private final FireMeters meters;

    public Firing(Db db, DatabaseClock clock, Reports reports, FireMeters meters) {
        this.db = db;
        this.clock = clock;
        this.reports = reports;
        this.meters = meters;
    }

    /** Does one round, and returns how long nothing more will be due, as far as is known now. */
    public Duration fireOnce() {
        Round round = round();
        reports.offer(round.reports());
        meters.fired(round);
        return round.pause();
    }

    /** A round up to its commit, whose reports nobody sends. */
    Round round() {
        return db.transaction(LIMIT, this::round);
    }

    private Round round(Tx tx) {
        Instant now = clock.now(tx);
        Draft draft = new Draft(now);
        for (ScheduleRow due : tx.select(ScheduleRow.class, DUE, now, SCHEDULES)) {
            if (draft.hasRoom()) {
                fire(due, draft);
            }
        }
        FireTable.insert(tx, draft.reports, now);
        return new Round(now, List.copyOf(draft.reports), draft.missed, pause(tx, now));
    }

    private static Duration pause(Tx tx, Instant now) {
        return Optional.ofNullable(tx.select(Long.class, NEXT).getFirst())
                .map(next -> Duration.between(now, Instant.ofEpochMilli(next)))
                .map(wait -> within(SHORTEST_PAUSE, wait, LONGEST_PAUSE))
                .orElse(LONGEST_PAUSE);
    }

    private static Duration within(Duration least, Duration wait, Duration most) {
        return wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait;
    }

    private static void fire(ScheduleRow row, Draft draft) {
        try {
            fire(row, row.readPlan(), draft);
        } catch (IllegalArgumentException unreadable) {
            row.stop();
            LOG.errorf(
                    "Schedule %s fires no more: its plan cannot be read by this version. Put it again. %s",
                    row.key(), unreadable.getMessage());
        }
    }

    private static void fire(ScheduleRow row, Plan plan, Draft draft) {
        Instant now = row.decidedAt == null ? draft.now : row.decidedAt;
        Instant first = row.nextAt == null ? now : row.nextAt;
        Decision decision = Decision.of(plan, first, now, draft.room(row));
        draft.add(row, plan, decision);
        row.nextAt = decision.next();
        row.decidedAt = decision.decidedAt();
    }

    /** What one round came to. */
    record Round(Instant now, List<FireReport> reports, long missed, Duration pause) {}

    /** A round in the making. */
    private static final class Draft {

        private static final String NO_JOB = "{}";

        final Instant now;
        final List<FireReport> reports = new ArrayList<>();
        long missed;
        private long characters;
        private int ticks;

        Draft(Instant now) {
            this.now = now;
        }

        boolean hasRoom() {
            return ticks < TICKS && characters < CHARACTERS;
        }

        int room(ScheduleRow row) {
            long ofJobs = (CHARACTERS - characters) / Math.max(1, row.job.length());
            return (int) Math.max(1, Math.min(TICKS - ticks, ofJobs));
        }

        void add(ScheduleRow row, Plan plan, Decision decision) {
            decision.shown().forEach(at -> add(row, plan, at, true, NO_JOB));
            decision.fires().forEach(at -> add(row, plan, at, false, row.job));
            missed += decision.missed();
            ticks += decision.fires().size();
        }

        private void add(ScheduleRow row, Plan plan, Instant at, boolean isMissed, String job) {
            reports.add(new FireReport(row.key(), row.generation, at, isMissed, plan.overlap(), job));
            characters += job.length();
        }
    }
}
