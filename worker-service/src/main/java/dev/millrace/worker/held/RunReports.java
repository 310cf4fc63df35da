package dev.millrace.worker.held;

import dev.millrace.job.JobEvent.Progress;
import org.jspecify.annotations.Nullable;

/** What there is to report of a run, and what of it Redis has been told. */
public final class RunReports {

    private volatile boolean startReported;
    private volatile @Nullable Progress latest;
    private volatile @Nullable Progress reported;

    /** The task has come so far. */
    public void progress(Progress progress) {
        latest = progress;
    }

    /** Whether the start is written. */
    public boolean startReported() {
        return startReported;
    }

    /** The latest progress if it has not been reported yet. */
    public @Nullable Progress unreported() {
        Progress current = latest;
        return current == null || current.equals(reported) ? null : current;
    }

    /** Redis knows of the start. */
    public void startWasReported() {
        startReported = true;
    }

    /** Redis knows of this progress; null changes nothing. */
    public void wasReported(@Nullable Progress progress) {
        if (progress != null) {
            reported = progress;
        }
    }
}
