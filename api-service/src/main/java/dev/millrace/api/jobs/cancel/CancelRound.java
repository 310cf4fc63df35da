package dev.millrace.api.jobs.cancel;

import dev.millrace.api.jobs.cancel.CancelPage.Place;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Cancelling;
import dev.millrace.stream.jobs.RedisEpoch;
import java.util.List;
import java.util.Map;

/**
 * A page of jobs that Redis was asked to end.
 *
 * @param ended those that were nowhere in it, and have ended in PostgreSQL
 */
record CancelRound(CancelPage page, Map<JobId, Position> ended) {

    static CancelRound of(Tx tx, Cancelling streams, RedisEpoch epochs, String sql, JobState reason, Place after) {
        CancelPage page = CancelPage.read(tx, sql, reason, after);
        return new CancelRound(page, page.cancels().isEmpty() ? Map.of() : ended(tx, streams, epochs, reason, page));
    }

    private static Map<JobId, Position> ended(
            Tx tx, Cancelling streams, RedisEpoch epochs, JobState reason, CancelPage page) {
        List<Cancelling.Cancel> nowhere = EndWithoutRedis.among(page.cancels(), streams.cancel(page.cancels()));
        return EndWithoutRedis.end(tx, epochs, reason, nowhere);
    }
}
