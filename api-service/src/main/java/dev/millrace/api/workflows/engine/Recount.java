package dev.millrace.api.workflows.engine;

import dev.millrace.api.workflows.record.DriftRows;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Compares what nodes have counted with how their members stand, for all workflows that live, and mends what differs. Nothing should ever
 * differ, since ends are counted in the commits that make them: what is found is a fault of ours, or a row that somebody has changed by hand,
 * and is logged and counted. A workflow that runs, and that nothing would wake, is given a turn. Several instances may do so at once.
 */
@Singleton
class Recount {

    /** How often it is to be done. */
    static final Duration PERIOD = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(Recount.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SILENT = Duration.ofMinutes(5);
    private static final int TOGETHER = 100;

    private final Db db;
    private final TurnBell bell;
    private final TurnMeters meters;

    Recount(Db db, TurnBell bell, TurnMeters meters) {
        this.db = db;
        this.bell = bell;
        this.meters = meters;
    }

    private record Looked(Optional<UUID> last, int drifted, int woken) {}

    /** Looks at all that live, some at a time. */
    void once() {
        Optional<UUID> behind = Optional.empty();
        do {
            UUID from = behind.orElse(null);
            Looked looked = db.transaction(LIMIT, tx -> {
                List<UUID> held = DriftRows.hold(tx, from, TOGETHER);
                return held.isEmpty()
                        ? new Looked(Optional.empty(), 0, 0)
                        : new Looked(
                                Optional.of(held.getLast()), DriftRows.mend(tx, held), DriftRows.wake(tx, held, (double)
                                        SILENT.toSeconds()));
            });
            tell(looked);
            behind = looked.last();
        } while (behind.isPresent());
    }

    private void tell(Looked looked) {
        if (looked.drifted() > 0) {
            LOG.errorf(
                    "%d steps of workflows had not counted what became of their members. They are told now.",
                    looked.drifted());
            meters.drifted(looked.drifted());
        }
        if (looked.drifted() + looked.woken() > 0) {
            bell.ring();
        }
    }
}
