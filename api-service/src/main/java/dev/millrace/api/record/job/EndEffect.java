package dev.millrace.api.record.job;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.List;

/** What follows when a job ends, however it ends, or goes on behind its end: part of the same commit. */
public interface EndEffect {

    Runnable NOTHING = () -> {};

    /**
     * The rows have taken these ends, each once. Throws if the ends are not to be committed.
     *
     * @return what is to be done after the commit; it is lost with this process
     */
    Runnable ended(Tx tx, List<RecordedEnd> ends);

    /** Whether an end in that state may have anything to write; if not, the end may be committed without asking for it. */
    default boolean follows(JobState state) {
        return true;
    }

    /** The rows of these jobs go on as their next runs. */
    default void reopened(Tx tx, Collection<JobId> jobs) {}
}
