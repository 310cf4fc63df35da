package dev.millrace.api.record.projection;

import dev.millrace.api.record.job.PlainEnds.PlainEnd;
import dev.millrace.job.JobId;
import java.util.Collection;

/** Is told by this instance's own projection. */
@FunctionalInterface
public interface CommittedEndsListener {

    /**
     * The ends of these jobs are in the record as of now. Called on the projection's thread, which must not be kept, and
     * perhaps again for the same ends. Ends that another instance commits are not passed.
     */
    void committed(Collection<JobId> ended);

    /** The rows of these jobs, which are among those of the {@link #committed} call that follows, are known to be so now. */
    default void shown(Collection<PlainEnd> ends) {}
}
