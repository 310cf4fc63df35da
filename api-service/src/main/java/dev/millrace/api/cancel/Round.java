package dev.millrace.api.cancel;

import dev.millrace.api.cancel.OpenPage.Place;
import dev.millrace.api.db.Tx;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.stream.JobStreams;
import java.util.List;
import java.util.Map;

/**
 * A page of jobs that Redis was asked to end.
 *
 * @param ended those that were nowhere in it, and have ended in PostgreSQL
 */
record Round(OpenPage page, Map<JobId, Position> ended) {

    static Round of(Tx tx, JobStreams streams, String sql, JobState reason, Place after) {
        OpenPage page = OpenPage.read(tx, sql, reason, after);
        return new Round(page, page.cancels().isEmpty() ? Map.of() : ended(tx, streams, reason, page));
    }

    private static Map<JobId, Position> ended(Tx tx, JobStreams streams, JobState reason, OpenPage page) {
        List<JobStreams.Cancel> nowhere = UnsentEnds.among(page.cancels(), streams.cancel(page.cancels()));
        return UnsentEnds.end(tx, streams, reason, nowhere);
    }
}
