package dev.millrace.scheduler.declared;

import static dev.millrace.schedule.Schedule.Source.CONFIGURATION;

import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.scheduler.db.DatabaseClock;
import dev.millrace.scheduler.db.Entities;
import dev.millrace.scheduler.schedules.ScheduleEventPublisher;
import dev.millrace.scheduler.schedules.ScheduleRow;
import dev.millrace.scheduler.schedules.ScheduleTable;
import io.smallrye.mutiny.Uni;
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
    private static final String ONE_AT_A_TIME = "scheduler.declared";
    private static final Uni<ScheduleRow> NOTHING = Uni.createFrom().nullItem();

    private final DatabaseClock clock;
    private final ScheduleEventPublisher events;
    private final List<Declaration> declarations;

    public Declared(DatabaseClock clock, ScheduleEventPublisher events, List<Declaration> declarations) {
        this.clock = clock;
        this.events = events;
        this.declarations = declarations;
    }

    /** Returns after the commits. Done again, it changes nothing. */
    public void apply() {
        List<ScheduleKey> undeclared =
                status().stream().filter(this::isNotDeclared).toList();
        Entities.transaction(
                LIMIT,
                () -> ScheduleTable.lock(ONE_AT_A_TIME)
                        .chain(() -> clock.now())
                        .chain(now -> Entities.forEach(undeclared, key -> remove(key, now))
                                .chain(() -> Entities.forEach(declarations, declaration -> apply(declaration, now)))));
    }

    private List<ScheduleKey> status() {
        return Entities.transaction(LIMIT, ScheduleTable::declared).stream()
                .filter(ScheduleRow::stands)
                .map(ScheduleRow::key)
                .toList();
    }

    /** Tells of all that is declared, and of what was and is no more: who applied it may have died before it told. */
    public void publish() {
        events.publish(Entities.transaction(LIMIT, ScheduleTable::declared).stream()
                .flatMap(ScheduleEventPublisher::ifLegible)
                .toList());
    }

    private boolean isNotDeclared(ScheduleKey key) {
        return declarations.stream().noneMatch(declaration -> declaration.key().equals(key));
    }

    private static Uni<?> remove(ScheduleKey key, Instant now) {
        return ScheduleTable.lock(key)
                .map(row -> row.filter(ScheduleRow::stands).filter(status -> status.isOf(CONFIGURATION)))
                .chain(row -> row.isPresent() ? removed(row.get(), now) : NOTHING);
    }

    private static Uni<ScheduleRow> removed(ScheduleRow row, Instant now) {
        LOG.infof("Schedule %s is not declared any more and is removed.", row.key());
        return ScheduleTable.remove(row, now);
    }

    private static Uni<?> apply(Declaration declaration, Instant now) {
        return ScheduleTable.lock(declaration.key()).chain(row -> apply(declaration, row, now));
    }

    private static Uni<?> apply(Declaration declaration, Optional<ScheduleRow> row, Instant now) {
        Optional<ScheduleRow> status = row.filter(ScheduleRow::stands);
        if (status.isEmpty()) {
            return ScheduleTable.make(declaration.key(), row, declaration.content(), CONFIGURATION, now);
        }
        if (status.get().isOf(Schedule.Source.API)) {
            LOG.warnf(
                    "Schedule %s is declared in the configuration, but clients made it: theirs stays. Delete it over the"
                            + " api, or declare another name.",
                    declaration.key());
            return NOTHING;
        }
        return status.get().holds(declaration.content())
                ? NOTHING
                : ScheduleTable.change(status.get(), declaration.content(), now);
    }
}
