package dev.millrace.scheduler.schedules;

import dev.millrace.scheduler.db.Db;
import dev.millrace.scheduler.db.Tx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Tells every schedule, and every one that was removed of late, to a Redis that has lost what it was told. All schedulers
 * share the work, page by page: a page is told before its transaction commits, so that one whose scheduler died is told
 * again.
 */
public final class Resync {

    private static final Logger LOG = Logger.getLogger(Resync.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int PAGE = 100;

    private static final String BEGIN = """
            insert into scheduler.telling (epoch, tenant, id, done) values (?1, '', '', false)
            on conflict do nothing""";

    private static final String UNDONE = """
            select * from scheduler.telling where epoch = ?1 and not done for update skip locked""";

    private static final String NEXT_PAGE = """
            select * from scheduler.schedule where (tenant, id) > (?1, ?2) order by tenant, id limit ?3""";

    private static final String FORGET_OLDER = "delete from scheduler.telling where epoch < ?1";

    private final Db db;
    private final ScheduleEventPublisher news;
    private final IntSupplier epoch;
    private final Consumer<Tx> beginning;
    private int toldTo;

    /**
     * Tells nothing yet.
     *
     * @param epoch Redis's latest; 0 while it is not known
     * @param beginning takes part in the transaction in which the telling begins
     */
    public Resync(Db db, ScheduleEventPublisher news, IntSupplier epoch, Consumer<Tx> beginning) {
        this.db = db;
        this.news = news;
        this.epoch = epoch;
        this.beginning = beginning;
    }

    /** Tells one page at most. */
    public Duration tellOnce() {
        int now = epoch.getAsInt();
        if (now == 0 || now == toldTo) {
            return PERIOD;
        }
        return db.transaction(LIMIT, tx -> tell(tx, now));
    }

    private Duration tell(Tx tx, int now) {
        if (tx.run(BEGIN, now) == 1) {
            LOG.infof("Redis is in epoch %d: every schedule is told again.", now);
            beginning.accept(tx);
        }
        List<ResyncRow> undone = tx.select(ResyncRow.class, UNDONE, now);
        if (undone.isEmpty()) {
            return othersTell(tx, now);
        }
        return page(tx, undone.getFirst());
    }

    private Duration othersTell(Tx tx, int now) {
        if (tx.one(Boolean.class, "select done from scheduler.telling where epoch = ?1", now)) {
            toldTo = now;
        }
        return PERIOD;
    }

    private Duration page(Tx tx, ResyncRow telling) {
        List<ScheduleRow> page = tx.select(ScheduleRow.class, NEXT_PAGE, telling.tenant, telling.id, PAGE);
        news.tell(page.stream().flatMap(ScheduleEventPublisher::ifLegible).toList());
        if (page.size() < PAGE) {
            return done(tx, telling);
        }
        telling.toldUpTo(page.getLast());
        return Duration.ZERO;
    }

    private static Duration done(Tx tx, ResyncRow telling) {
        telling.done = true;
        tx.run(FORGET_OLDER, telling.epoch);
        LOG.infof("Every schedule is told to epoch %d of Redis.", telling.epoch);
        return PERIOD;
    }
}
