package dev.millrace.api.record.query;

import dev.millrace.job.JobState;
import java.util.stream.Stream;

/**
 * The indexes along which jobs are listed: each has the jobs with one value in the order of their creation, that of ids in the
 * order of these. Those come first of which one value has fewer jobs, by all appearance.
 */
enum ListIndex {
    ID,
    WORKFLOW,
    PARENT,
    TAG,
    SCHEDULE,
    STATE,
    TASK,
    QUEUE,
    NEWEST;

    /** The first that serves. */
    static ListIndex of(JobFilter filter) {
        return Stream.of(values())
                .filter(index -> index.serves(filter))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the filter names the value that the index is to be asked for. There is none of jobs that succeeded. */
    boolean serves(JobFilter filter) {
        return switch (this) {
            case ID -> filter.search() != null && filter.search().isOfIds();
            case PARENT -> filter.origin().parent() != null;
            case WORKFLOW -> filter.origin().workflow() != null;
            case TAG -> filter.tag() != null;
            case SCHEDULE -> filter.origin().scheduleId() != null;
            case STATE -> filter.state() != null && filter.state() != JobState.SUCCEEDED;
            case TASK -> filter.task() != null;
            case QUEUE -> filter.queue() != null;
            case NEWEST -> true;
        };
    }
}
