package dev.millrace.api.live;

import dev.millrace.api.record.job.JobRow;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobState;
import dev.millrace.job.JobStatus;
import dev.millrace.job.JobStatus.LastProgress;
import dev.millrace.job.JobStatus.LastStart;
import dev.millrace.job.Position;
import org.jspecify.annotations.Nullable;

/**
 * A job's row as of an earlier event. The record may be ahead of the event that a client is being sent; a row that already
 * showed the job's end, or a later start, would put the events in the wrong order.
 */
final class RowAsOf {

    private RowAsOf() {}

    /** The row without what came after this place, as far as the record still has it. */
    static JobRow upTo(EntryId place, JobRow row) {
        JobStatus now = row.status();
        if (now.position().event().compareTo(place) <= 0) {
            return row;
        }
        LastStart started =
                isBehind(place, now.started() == null ? null : now.started().position()) ? null : now.started();
        LastProgress progressed = isBehind(
                        place,
                        now.progressed() == null ? null : now.progressed().position())
                ? null
                : now.progressed();
        JobState state = started == null ? JobState.QUEUED : JobState.RUNNING;
        return row.withStatus(
                new JobStatus(state, Position.ZERO, now.attempt(), null, started, progressed, null, floor(place, now)));
    }

    /** Before a requeue, its earlier runs are what the row shows. */
    private static Position floor(EntryId place, JobStatus now) {
        return isBehind(place, now.supersededUpTo()) ? Position.ZERO : now.supersededUpTo();
    }

    private static boolean isBehind(EntryId place, @Nullable Position position) {
        return position != null && position.event().compareTo(place) > 0;
    }
}
