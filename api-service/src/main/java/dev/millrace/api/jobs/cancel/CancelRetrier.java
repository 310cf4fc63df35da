package dev.millrace.api.jobs.cancel;

import dev.millrace.api.jobs.cancel.CancelPage.Place;
import dev.millrace.api.live.EndListener;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.stream.jobs.Cancelling;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Asks Redis again for cancels whose jobs have not ended after 15 s: it was away, or was emptied, or whoever asked first
 * has died. Runs in every api instance; to ask twice changes nothing. For one thread.
 */
@Singleton
public class CancelRetrier {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** They stay locked until Redis has answered, so that none of them ends and is requeued meanwhile. */
    private static final String OPEN = """
            select id, queue, run, cancel_requested as time from api.job
            where cancel_requested <= now() - interval '15 seconds' and finished_at is null
                and (cancel_requested, id) > ($1, $2)
            order by cancel_requested, id limit $3 for update skip locked""";

    private final Db db;
    private final Cancelling streams;
    private final EndWithoutRedis endings;
    private final EndListener recorded;
    private Place place = Place.START;

    public CancelRetrier(Db db, Cancelling streams, EndWithoutRedis endings, EndListener recorded) {
        this.db = db;
        this.streams = streams;
        this.endings = endings;
        this.recorded = recorded;
    }

    /** Repeats a page of them; goes on at once while there are more. */
    public Duration repeatOnce() {
        CancelRound round =
                db.transaction(LIMIT, tx -> CancelRound.of(tx, streams, endings, OPEN, JobState.CANCELLED, place));
        round.ended().committed(recorded);
        place = round.page().next();
        return round.page().last() ? PAUSE : Duration.ZERO;
    }
}
