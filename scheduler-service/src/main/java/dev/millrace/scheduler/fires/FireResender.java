package dev.millrace.scheduler.fires;

import dev.millrace.postgres.Db;
import dev.millrace.postgres.Tx;
import dev.millrace.schedule.FireReport;
import dev.millrace.scheduler.db.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sends again what fired and was not answered. For one thread; any number of them may turn anywhere. */
public final class FireResender {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int BATCH = 100;

    private final Db db;
    private final DatabaseClock clock;
    private final Reports reports;
    private final FireMeters meters;

    public FireResender(Db db, DatabaseClock clock, Reports reports, FireMeters meters) {
        this.db = db;
        this.clock = clock;
        this.reports = reports;
        this.meters = meters;
    }

    /**
     * Sends one batch at most, none while the api's readers are behind. One that fails, or whose scheduler dies, is sent by
     * a later turn.
     */
    public Duration resendOnce() {
        if (!reports.open() || !db.session(LIMIT, tx -> FireTable.anyUnsent(tx, clock.now(tx)))) {
            return PERIOD;
        }
        List<FireReport> again = db.transaction(LIMIT, this::taken);
        reports.send(again);
        meters.sentAgain(again.size());
        return again.size() < BATCH ? PERIOD : Duration.ZERO;
    }

    private List<FireReport> taken(Tx tx) {
        Instant now = clock.now(tx);
        List<UnansweredFire> unsent = FireTable.unsent(tx, now, BATCH);
        FireTable.sent(tx, unsent, now);
        return unsent.stream().map(UnansweredFire::report).toList();
    }

    /** Lets all that is not answered be sent at once: Redis has lost what was sent. */
    public void sendAll(Tx tx) {
        FireTable.sendAll(tx, clock.now(tx));
    }
}
