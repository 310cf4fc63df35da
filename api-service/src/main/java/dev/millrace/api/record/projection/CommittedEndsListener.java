package dev.millrace.api.record.projection;

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
}
