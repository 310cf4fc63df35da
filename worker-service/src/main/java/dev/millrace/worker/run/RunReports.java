package dev.millrace.worker.run;

import dev.millrace.job.JobEvent.Progress;
import org.jspecify.annotations.Nullable;

/** What there is to report of a run, and what of it Redis has been told. */
final class RunReports {

    private volatile boolean startReported;
    private volatile @Nullable Progress latest;
    private volatile @Nullable Progress reported;

    /** @param startReported whether a function has written the start already */
    RunReports(boolean startReported) {
        this.startReported = startReported;
    }

    void progress(Progress progress) {
        latest = progress;
    }

    boolean startReported() {
        return startReported;
    }

    /** The latest progress if it has not been reported yet. */
    @Nullable
    Progress unreported() {
        Progress current = latest;
        return current == null || current.equals(reported) ? null : current;
    }

    void startWasReported() {
        startReported = true;
    }

    void wasReported(@Nullable Progress progress) {
        if (progress != null) {
            reported = progress;
        }
    }
}
