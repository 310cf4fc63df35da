package dev.millrace.api.cancel;

import dev.millrace.api.cancel.OpenPage.Place;
import dev.millrace.api.db.Db;
import dev.millrace.job.JobState;
import dev.millrace.stream.JobStreams;
import dev.millrace.stream.JobStreams.Cancel;
import dev.millrace.stream.JobStreams.Cancellation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Asks Redis again for cancels whose jobs have not ended after 15 s: it was away, or was emptied, or whoever asked first
 * has died. Runs in every api instance; to ask twice changes nothing. For one thread.
 */
@Singleton
public class OpenCancels {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String OPEN = """
            select id, queue, run, cancel_requested as time from api.job
            where cancel_requested <= now() - interval '15 seconds' and finished_at is null
                and (cancel_requested, id) > ($1, $2)
            order by cancel_requested, id limit $3""";

    private final Db db;
    private final JobStreams streams;
    private Place place = Place.START;

    public OpenCancels(Db db, JobStreams streams) {
        this.db = db;
        this.streams = streams;
    }

    /** Repeats a page of them; goes on at once while there are more. */
    public Duration repeatOnce() {
        OpenPage page = db.session(LIMIT, tx -> OpenPage.read(tx, OPEN, JobState.CANCELLED, place));
        if (!page.cancels().isEmpty()) {
            repeat(page.cancels());
        }
        place = page.next();
        return page.last() ? PAUSE : Duration.ZERO;
    }

    private void repeat(List<Cancel> cancels) {
        List<Cancellation> answers = streams.cancel(cancels);
        List<Cancel> nowhere = UnsentEnds.among(cancels, answers);
        db.transaction(LIMIT, tx -> UnsentEnds.end(tx, streams, JobState.CANCELLED, nowhere));
    }
}
