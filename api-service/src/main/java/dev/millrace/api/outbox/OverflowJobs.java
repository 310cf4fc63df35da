package dev.millrace.api.outbox;

import dev.millrace.api.record.job.WaitingRows;
import dev.millrace.job.Band;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Submitting;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Jobs that wait in PostgreSQL because their band is full, oldest first. */
@Singleton
public class OverflowJobs {

    /** 80 % of the entries that a band may hold. */
    private static final long LOW_WATER = 80_000;

    private static final int MOST = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The jobs pass into the outbox in one statement, and are due there at once. */
    private static final String MOVE = """
            with moved as (%s),
            ids as (select array_agg(id order by created_at, id) as list from moved)
            insert into api.outbox (queue, band, job_ids, due_at)
            select $1, $2, list, now() from ids where list is not null""".formatted(WaitingRows.LET_GO_PARKED);

    private final Db db;
    private final Submitting streams;

    public OverflowJobs(Db db, Submitting streams) {
        this.db = db;
        this.streams = streams;
    }

    /** Gives back to the outbox what the bands have room for; true if there was any. */
    boolean unpark() {
        boolean any = false;
        for (Lane lane : db.session(LIMIT, WaitingRows::parkedLanes)) {
            long room = LOW_WATER - streams.live(lane.queue(), Band.ofLabel(lane.label()));
            any |= room > 0 && move(lane, Math.min(room, MOST));
        }
        return any;
    }

    private boolean move(Lane lane, long room) {
        return db.session(
                LIMIT,
                tx -> tx.run(MOVE, lane.queue().value(), lane.label(), room).rowCount() > 0);
    }
}
