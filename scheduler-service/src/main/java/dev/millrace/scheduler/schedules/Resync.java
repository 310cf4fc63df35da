package dev.millrace.scheduler.schedules;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.postgres.Values;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.stream.entries.ScheduleCodec;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Publishes every schedule, and every one that was removed of late, to a Redis that has lost its data. All schedulers
 * share the work, page by page: a page is published before its transaction commits, so that one whose scheduler died is published
 * again.
 */
public final class Resync {

    private static final Logger LOG = Logger.getLogger(Resync.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int PAGE = 100;

    private static final String BEGIN = """
            insert into scheduler.resync (epoch, tenant, id, done) values ($1, '', '', false)
            on conflict do nothing""";

    private static final String UNDONE = """
            select tenant, id from scheduler.resync where epoch = $1 and not done for update skip locked""";

    private static final String NEXT_PAGE = """
            select tenant, id, generation, version, source, plan, job, paused, removed_at, created_at, updated_at
              from scheduler.schedule where (tenant, id) > ($1, $2) order by tenant, id limit $3""";

    private static final String IS_DONE = "select done from scheduler.resync where epoch = $1";
    private static final String GO_ON = "update scheduler.resync set tenant = $2, id = $3 where epoch = $1";
    private static final String DONE = "update scheduler.resync set done = true where epoch = $1";
    private static final String FORGET_OLDER = "delete from scheduler.resync where epoch < $1";

    private final Db db;
    private final ScheduleEventPublisher events;
    private final IntSupplier epoch;
    private final Consumer<Tx> beginning;
    private int toldTo;

    /**
     * Publishes nothing yet.
     *
     * @param epoch Redis's latest; 0 while it is not known
     * @param beginning takes part in the transaction in which the resync begins
     */
    public Resync(Db db, ScheduleEventPublisher events, IntSupplier epoch, Consumer<Tx> beginning) {
        this.db = db;
        this.events = events;
        this.epoch = epoch;
        this.beginning = beginning;
    }

    /** Tells one page at most. */
    public Duration tellOnce() {
        int now = epoch.getAsInt();
        if (now == 0 || now == toldTo) {
            return PERIOD;
        }
        return db.transaction(LIMIT, tx -> publish(tx, now));
    }

    private Duration publish(Tx tx, int now) {
        if (tx.run(BEGIN, now).rowCount() == 1) {
            LOG.infof("Redis is in epoch %d: every schedule is published again.", now);
            beginning.accept(tx);
        }
        return tx.first(Place::of, UNDONE, now)
                .map(toldUpTo -> page(tx, now, toldUpTo))
                .orElseGet(() -> othersTell(tx, now));
    }

    private Duration othersTell(Tx tx, int now) {
        if (tx.first(row -> row.getBoolean(0), IS_DONE, now).orElseThrow()) {
            toldTo = now;
        }
        return PERIOD;
    }

    private Duration page(Tx tx, int now, Place toldUpTo) {
        List<Row> page = tx.list(row -> row, NEXT_PAGE, toldUpTo.tenant(), toldUpTo.id(), PAGE);
        events.publish(page.stream().flatMap(Resync::ifLegible).toList());
        if (page.size() < PAGE) {
            return done(tx, now);
        }
        Place last = Place.of(page.getLast());
        tx.run(GO_ON, now, last.tenant(), last.id());
        return Duration.ZERO;
    }

    private static Duration done(Tx tx, int now) {
        tx.run(DONE, now);
        tx.run(FORGET_OLDER, now);
        LOG.infof("Every schedule is published to epoch %d of Redis.", now);
        return PERIOD;
    }

    private static Stream<ScheduleEvent> ifLegible(Row row) {
        ScheduleKey key = new ScheduleKey(row.getString("tenant"), row.getString("id"));
        return ScheduleEventPublisher.ifLegible(key, () -> event(key, row));
    }

    private static ScheduleEvent event(ScheduleKey key, Row row) {
        return Values.instantOrNull(row, "removed_at") == null
                ? new Stands(schedule(key, row), Optional.empty())
                : new Removed(key, row.getLong("generation"), row.getLong("version"), Optional.empty());
    }

    private static Schedule schedule(ScheduleKey key, Row row) {
        return new Schedule(
                key,
                row.getLong("generation"),
                row.getLong("version"),
                Schedule.Source.ofLabel(row.getString("source")),
                new ScheduleContent(
                        ScheduleCodec.plan(row.getString("plan")), row.getString("job"), row.getBoolean("paused")),
                Values.instant(row, "created_at"),
                Values.instant(row, "updated_at"));
    }

    /** The last schedule of a page. */
    private record Place(String tenant, String id) {

        static Place of(Row row) {
            return new Place(row.getString("tenant"), row.getString("id"));
        }
    }
}
