package dev.millrace.stream.jobs;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobId;
import java.util.List;

/** Tells Redis what PostgreSQL has recorded. */
public interface Recording {

    /** The run that an end belongs to. */
    record EndedRun(JobId job, int epoch, long run) {}

    /** Acknowledges events that PostgreSQL has committed, and lets the markers of the named ended runs go in 20 s. */
    void projected(List<EntryId> events, List<EndedRun> ended);
}
