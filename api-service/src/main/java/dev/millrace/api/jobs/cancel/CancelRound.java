package dev.millrace.api.jobs.cancel;

import dev.millrace.api.jobs.cancel.CancelPage.Place;
import dev.millrace.api.jobs.cancel.EndWithoutRedis.Ended;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import dev.millrace.stream.jobs.Cancelling;
import java.util.List;

/**
 * A page of jobs that Redis was asked to end.
 *
 * @param ended those that were nowhere in it, and have ended in PostgreSQL
 */
record CancelRound(CancelPage page, Ended ended) {

    static CancelRound of(
            Tx tx, Cancelling streams, EndWithoutRedis endings, String sql, JobState reason, Place after) {
        CancelPage page = CancelPage.read(tx, sql, reason, after);
        return new CancelRound(page, page.cancels().isEmpty() ? Ended.NONE : ended(tx, streams, endings, reason, page));
    }

    private static Ended ended(Tx tx, Cancelling streams, EndWithoutRedis endings, JobState reason, CancelPage page) {
        List<Cancelling.Cancel> nowhere = EndWithoutRedis.among(page.cancels(), streams.cancel(page.cancels()));
        return endings.end(tx, reason, nowhere);
    }
}
