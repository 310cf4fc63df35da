package dev.millrace.api.live.events;

import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.util.Map;

/** Receives the ends that this instance made in PostgreSQL, for which there will be no event. */
@FunctionalInterface
public interface EndListener {

    /** These ends are in the record as of now. Passes them at once to those who listen here to one of the jobs. */
    void recorded(Map<JobId, Position> ends);
}
