package dev.millrace.api.live.events;

import dev.millrace.api.record.query.JobQueries;
import dev.millrace.batch.Parts;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds ends without an event, because Redis lost it or the row was ended without one, and passes them to the listeners of
 * their jobs. An end is passed on when the previous look saw it too: by then its event, if there is one, has arrived, and so
 * has everything before it.
 */
public final class MissedEnds {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final int BATCH = 1_000;

    private final LiveEvents live;
    private final JobQueries queries;
    private Map<JobId, Position> endedBefore = Map.of();

    public MissedEnds(LiveEvents live, JobQueries queries) {
        this.live = live;
        this.queries = queries;
    }

    /** Looks at the jobs that are listened to; returns how long to wait before the next look. */
    public Duration lookOnce() throws InterruptedException {
        Map<JobId, Position> ended = endedAmong(List.copyOf(live.listenedTo()));
        ended.forEach((job, end) -> {
            if (end.equals(endedBefore.get(job))) {
                live.publishEnd(job, end);
            }
        });
        endedBefore = ended;
        return BETWEEN_LOOKS;
    }

    private Map<JobId, Position> endedAmong(List<JobId> jobs) throws InterruptedException {
        Map<JobId, Position> ended = new HashMap<>();
        for (List<JobId> batch : Parts.of(jobs, BATCH)) {
            ended.putAll(Answers.of(queries.endedAmong(batch)));
        }
        return ended;
    }
}
