package dev.millrace.api.live;

import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.util.Map;

/** Is told of ends that this instance made in PostgreSQL, of which no event will tell. */
@FunctionalInterface
public interface EndListener {

    /** These ends are in the record as of now; whoever listens here to one of the jobs is told at once. */
    void recorded(Map<JobId, Position> ends);
}
