package dev.millrace.api.jobs.cancel;

import dev.millrace.api.record.job.EndRows;
import dev.millrace.job.JobState;
import java.time.Duration;

/**
 * Jobs that are to end without success. Their rows stay locked until Redis has answered, so that none of them ends and runs
 * again meanwhile, nor is enqueued by a reconcile.
 */
public enum Unended {

    /**
     * Those whose cancel has not ended them after 15 s: Redis was away, or was emptied, or whoever asked it first has died.
     */
    CANCELLED(JobState.CANCELLED, Duration.ofSeconds(5), EndRows.CANCEL_OVERDUE),

    /**
     * Those that no worker started in their time, wherever they wait. What a worker runs is let alone: it expires when it
     * would start again.
     */
    EXPIRED(JobState.EXPIRED, Duration.ofSeconds(1), EndRows.EXPIRED);

    private final JobState end;
    private final Duration pause;
    private final String page;
    private final String any;

    Unended(JobState end, Duration pause, String page) {
        this.end = end;
        this.pause = pause;
        this.page = page;
        this.any = "select exists (%s)".formatted(page);
    }

    /** How they end. */
    JobState end() {
        return end;
    }

    /** How long to pause after the last page. */
    Duration pause() {
        return pause;
    }

    /** Whether {@link #page} would select any, with the same parameters. */
    String any() {
        return any;
    }

    /** Selects those behind a place, with the {@code time} that orders them; its third parameter is how many at most. */
    String page() {
        return page;
    }
}
