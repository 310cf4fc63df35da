package dev.millrace.scheduler.declared;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Db;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.scheduler.schedules.ScheduleRow;
import dev.millrace.scheduler.schedules.ScheduleTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Lets the declared schedules stand, and no others that were ever declared. Schedulers that start at the same time do so one
 * after the other; should their configurations differ, the last one's holds.
 */
public final class Declared {

    private static final Logger LOG = Logger.getLogger(Declared.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ONE_AT_A_TIME =
            "select 1 from pg_advisory_xact_lock(hashtextextended('scheduler.declared', 0))";

    private final Db db;
    private final DatabaseClock clock;
    private final ScheduleEventPublisher news;
    private final List<Declaration> declarations;

    public Declared(Db db, DatabaseClock clock, ScheduleEventPublisher news, List<Declaration> declarations) {
        this.db = db;
        this.clock = clock;
        this.news = news;
        this.declarations = declarations;
    }

    /** Returns after the commits. Done again, it changes nothing. */
    public void apply() {
        List<ScheduleKey> before = standing();
        db.transaction(LIMIT, tx -> {
            tx.one(Integer.class, ONE_AT_A_TIME);
            Instant now = clock.now(tx);
            ScheduleTable table = new ScheduleTable(tx);
            before.stream().filter(this::isNotDeclared).forEach(key -> remove(table, key, now));
            declarations.forEach(declaration -> apply(table, declaration, now));
            return declarations.size();
        });
    }

    private List<ScheduleKey> standing() {
        return db.transaction(
                LIMIT,
                tx -> new ScheduleTable(tx)
                        .declared().stream()
                                .filter(ScheduleRow::stands)
                                .map(ScheduleRow::key)
                                .toList());
    }

    /** Tells of all that is declared, and of what was and is no more: who applied it may have died before it told. */
    public void tell() {
        news.tell(db.transaction(
                LIMIT,
                tx -> new ScheduleTable(tx)
                        .declared().stream()
                                .flatMap(ScheduleEventPublisher::ifLegible)
                                .toList()));
    }

    private boolean isNotDeclared(ScheduleKey key) {
        return declarations.stream().noneMatch(declaration -> declaration.key().equals(key));
    }

    private static void remove(ScheduleTable table, ScheduleKey key, Instant now) {
        table.lock(key)
                .filter(row -> row.stands() && row.isOf(Schedule.Source.CONFIGURATION))
                .ifPresent(row -> {
                    LOG.infof("Schedule %s is not declared any more and is removed.", key);
                    table.remove(row, now);
                });
    }

    private static void apply(ScheduleTable table, Declaration declaration, Instant now) {
        Optional<ScheduleRow> row = table.lock(declaration.key());
        Optional<ScheduleRow> standing = row.filter(ScheduleRow::stands);
        if (standing.isEmpty()) {
            table.make(declaration.key(), row, declaration.content(), Schedule.Source.CONFIGURATION, now);
        } else if (standing.get().isOf(Schedule.Source.API)) {
            LOG.warnf(
                    "Schedule %s is declared in the configuration, but clients made it: theirs stays. Delete it over the"
                            + " api, or declare another name.",
                    declaration.key());
        } else if (!standing.get().holds(declaration.content())) {
            table.change(standing.get(), declaration.content(), now);
        }
    }
}
