package dev.millrace.api.jobs.cancel;

import dev.millrace.api.jobs.cancel.CancelPage.Place;
import dev.millrace.api.live.EndListener;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.stream.jobs.Cancelling;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Ends jobs that no worker started in their time, wherever they wait. Runs in every api instance; rows that another one
 * holds are passed over. Whatever a worker runs is let alone: it expires when it would start again. For one thread.
 */
@Singleton
public class Expiry {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** They stay locked until Redis has answered, so that no reconcile enqueues one as its next run meanwhile. */
    private static final String EXPIRED = """
            select id, queue, run, expires_at as time from api.job
            where expires_at <= now() and finished_at is null and state <> 'RUNNING' and (expires_at, id) > ($1, $2)
            order by expires_at, id limit $3 for update skip locked""";

    private final Db db;
    private final Cancelling streams;
    private final EndWithoutRedis endings;
    private final EndListener recorded;
    private Place place = Place.START;

    public Expiry(Db db, Cancelling streams, EndWithoutRedis endings, EndListener recorded) {
        this.db = db;
        this.streams = streams;
        this.endings = endings;
        this.recorded = recorded;
    }

    /** Ends a page of them; goes on at once while there are more. */
    public Duration expireOnce() {
        CancelRound round =
                db.transaction(LIMIT, tx -> CancelRound.of(tx, streams, endings, EXPIRED, JobState.EXPIRED, place));
        round.ended().committed(recorded);
        place = round.page().next();
        return round.page().last() ? PAUSE : Duration.ZERO;
    }
}
