package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Columns;
import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Plan;
import dev.millrace.scheduler.db.DatabaseClock;
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
            select tenant, id, generation, plan, job, next_at, decided_at from scheduler.schedule where next_at <= $1
             order by next_at limit $2 for update skip locked""";

    static final String NEXT = """
            select cast(floor(extract(epoch from min(next_at)) * 1000) as bigint)
              from scheduler.schedule where next_at is not null""";

    private static final String GO_ON = """
            update scheduler.schedule s set next_at = r.next_at, decided_at = r.decided_at
              from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[])
                as r(tenant, id, next_at, decided_at)
             where s.tenant = r.tenant and s.id = r.id""";

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
        Optional<Duration> quiet = db.session(LIMIT, this::quiet);
        return quiet.isPresent() ? quiet.get() : fireDue();
    }

    /** How long nothing will be due; empty if something is. */
    private Optional<Duration> quiet(Tx tx) {
        Instant now = clock.now(tx);
        Duration wait = untilNext(tx, now);
        return wait.isPositive() ? Optional.of(within(SHORTEST_PAUSE, wait, LONGEST_PAUSE)) : Optional.empty();
    }

    private Duration fireDue() {
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
        for (DueSchedule due : tx.list(DueSchedule::of, DUE, Values.time(now), SCHEDULES)) {
            if (draft.hasRoom()) {
                draft.dealtWith.add(fire(due, draft));
            }
        }
        goOn(tx, draft.dealtWith);
        FireTable.insert(tx, draft.reports, now);
        return new Round(
                now,
                List.copyOf(draft.reports),
                draft.missed,
                within(SHORTEST_PAUSE, untilNext(tx, now), LONGEST_PAUSE));
    }

    private static void goOn(Tx tx, List<DueSchedule> dealtWith) {
        if (!dealtWith.isEmpty()) {
            Columns<DueSchedule> columns = new Columns<>(dealtWith);
            tx.run(
                    GO_ON,
                    columns.texts(one -> one.key().tenant()),
                    columns.texts(one -> one.key().id()),
                    columns.times(DueSchedule::nextAt),
                    columns.times(DueSchedule::decidedAt));
        }
    }

    /** Not positive if something is due. */
    private static Duration untilNext(Tx tx, Instant now) {
        return Optional.ofNullable(tx.run(NEXT).iterator().next().getLong(0))
                .map(next -> Duration.between(now, Instant.ofEpochMilli(next)))
                .orElse(LONGEST_PAUSE);
    }

    private static Duration within(Duration least, Duration wait, Duration most) {
        return wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait;
    }

    /** Returns it as it goes on. */
    private static DueSchedule fire(DueSchedule due, Draft draft) {
        try {
            return fire(due, due.readPlan(), draft);
        } catch (IllegalArgumentException unreadable) {
            LOG.errorf(
                    "Schedule %s fires no more: its plan cannot be read by this version. Put it again. %s",
                    due.key(), unreadable.getMessage());
            return due.stopped();
        }
    }

    private static DueSchedule fire(DueSchedule due, Plan plan, Draft draft) {
        Instant now = due.decidedAt() == null ? draft.now : due.decidedAt();
        Instant first = due.nextAt() == null ? now : due.nextAt();
        Decision decision = Decision.of(plan, first, now, draft.room(due));
        draft.add(due, plan, decision);
        return due.after(decision);
    }

    /** What one round came to. */
    record Round(Instant now, List<FireReport> reports, long missed, Duration pause) {}

    /** A round in the making. */
    private static final class Draft {

        private static final String NO_JOB = "{}";

        final Instant now;
        final List<FireReport> reports = new ArrayList<>();
        final List<DueSchedule> dealtWith = new ArrayList<>();
        long missed;
        private long characters;
        private int ticks;

        Draft(Instant now) {
            this.now = now;
        }

        boolean hasRoom() {
            return ticks < TICKS && characters < CHARACTERS;
        }

        int room(DueSchedule due) {
            long ofJobs = (CHARACTERS - characters) / Math.max(1, due.job().length());
            return (int) Math.max(1, Math.min(TICKS - ticks, ofJobs));
        }

        void add(DueSchedule due, Plan plan, Decision decision) {
            decision.shown().forEach(at -> add(due, plan, at, true, NO_JOB));
            decision.fires().forEach(at -> add(due, plan, at, false, due.job()));
            missed += decision.missed();
            ticks += decision.fires().size();
        }

        private void add(DueSchedule due, Plan plan, Instant at, boolean isMissed, String job) {
            reports.add(new FireReport(due.key(), due.generation(), at, isMissed, plan.overlap(), job));
            characters += job.length();
        }
    }
}
