package dev.millrace.api.record.attempts;

import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.Position;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that failed.
 *
 * @param position of the event that says so, by which it is recorded once
 * @param start null if none was reported
 */
public record FailedAttempt(
        JobId job,
        Position position,
        int attempt,
        @Nullable Start start,
        Instant at,
        @Nullable JobError error) {

    /** Of a job that is tried again; the event names the attempt that comes next. */
    public static Optional<FailedAttempt> of(Deferred event) {
        return event.why() == Why.RETRY
                ? Optional.of(new FailedAttempt(
                        event.job(), event.position(), event.attempt() - 1, event.start(), event.at(), event.error()))
                : Optional.empty();
    }

    /** Of a job that is not tried again. */
    static Optional<FailedAttempt> of(RecordedEnd end) {
        return end.failed()
                ? Optional.of(
                        new FailedAttempt(end.job(), end.position(), end.attempt(), end.start(), end.at(), end.error()))
                : Optional.empty();
    }
}
