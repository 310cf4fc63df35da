package dev.millrace.api.record.job;

import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Tx;
import java.util.Collection;
import java.util.List;

/** What follows when a job ends, however it ends, goes on behind its end, or orders jobs: part of the same commit. */
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

    /**
     * Runs that go on have ordered jobs. Of a batch that is told again, this is told again.
     *
     * @return as of {@link #ended}
     */
    default Runnable ordered(Tx tx, List<Ordered> orders) {
        return NOTHING;
    }

    /** The rows of these jobs go on as their next runs. */
    default void reopened(Tx tx, Collection<JobId> jobs) {}
}
