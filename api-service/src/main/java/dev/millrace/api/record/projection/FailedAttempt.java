package dev.millrace.api.record.projection;

import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that an event says has failed.
 *
 * @param position of the event, by which it is recorded once
 * @param last it ended the job, if the job's end is this one
 * @param start null if none was reported
 */
record FailedAttempt(
        JobId job,
        Position position,
        boolean last,
        int attempt,
        @Nullable Start start,
        Instant at,
        @Nullable JobError error) {

    static Optional<FailedAttempt> of(JobEvent event) {
        return switch (event) {
            case Queued queued -> Optional.empty();
            case Started started -> Optional.empty();
            case Progressed progressed -> Optional.empty();
            case Deferred deferred -> deferred.why() == Why.RETRY ? Optional.of(of(deferred)) : Optional.empty();
            case Ended end -> isFailure(end.state()) ? Optional.of(of(end)) : Optional.empty();
        };
    }

    private static boolean isFailure(JobState end) {
        return end == JobState.FAILED || end == JobState.TIMED_OUT;
    }

    /** The event names the attempt that comes next. */
    private static FailedAttempt of(Deferred event) {
        int failed = event.attempt() - 1;
        return new FailedAttempt(
                event.job(), event.position(), false, failed, event.start(), event.at(), event.error());
    }

    private static FailedAttempt of(Ended event) {
        return new FailedAttempt(
                event.job(), event.position(), true, event.attempt(), event.start(), event.at(), event.error());
    }
}
