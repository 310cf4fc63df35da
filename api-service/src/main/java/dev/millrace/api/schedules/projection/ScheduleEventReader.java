package dev.millrace.api.schedules.projection;

import dev.millrace.api.base.quarantine.Sieve;
import dev.millrace.api.schedules.commands.CommandRows;
import dev.millrace.api.schedules.commands.PendingAnswers;
import dev.millrace.postgres.Db;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.stream.groups.BatchReader;
import java.time.Duration;
import java.util.List;

/**
 * Records what the schedulers tell. A batch is acknowledged after its commit; while PostgreSQL is away it is kept and tried
 * again. For one thread.
 */
final class ScheduleEventReader {

    static final int BATCH = 200;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final BatchReader reader;
    private final Sieve<ScheduleEvent> sieve;
    private final Db db;
    private final PendingAnswers waiters;

    ScheduleEventReader(BatchReader reader, Sieve<ScheduleEvent> sieve, Db db, PendingAnswers waiters) {
        this.reader = reader;
        this.sieve = sieve;
        this.db = db;
        this.waiters = waiters;
    }

    /** Records a batch; waits up to a second for one. */
    Duration recordOnce() {
        sieve.pass(reader.batch(), this::record);
        reader.done();
        return Duration.ZERO;
    }

    private void record(List<ScheduleEvent> news) {
        ScheduleEventBatch heard = ScheduleEventBatch.of(news);
        db.vetting(LIMIT, tx -> {
            ScheduleRows.write(tx, heard.schedules().values());
            CommandRows.answer(tx, heard.answers());
            return heard;
        });
        waiters.wake(heard.answers().keySet());
    }
}
