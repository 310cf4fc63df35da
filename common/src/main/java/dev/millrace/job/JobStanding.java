package dev.millrace.job;

import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Started;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands after a set of events. {@link #after} is a fold whose outcome depends neither on the order of the
 * events nor on their repetition, as long as at most one of them is an end: the furthest {@link Position} wins, and
 * each part comes from its own furthest event. An end is final; of two ends the one that came first stays.
 *
 * @param state of the furthest event, or of the end
 * @param position of the furthest event, or of the end
 * @param started the furthest start; null before the first
 * @param progressed the furthest progress; null before the first
 * @param ended the end; null before it
 */
public record JobStanding(
        JobState state,
        Position position,
        int attempt,
        @Nullable LastStart started,
        @Nullable LastProgress progressed,
        @Nullable End ended) {

    public record LastStart(Position position, Instant at, String worker) {}

    public record LastProgress(Position position, Progress progress) {}

    public record End(
            Position position,
            Instant at,
            @Nullable Duration duration,
            @Nullable String result,
            @Nullable JobError error) {}

    /** As submit wrote it. */
    public static JobStanding born(JobState state) {
        return new JobStanding(state, Position.ZERO, 1, null, null, null);
    }

    public JobStanding after(JobEvent event) {
        return switch (event) {
            case Queued queued -> moved(JobState.QUEUED, queued);
            case Started started ->
                moved(JobState.RUNNING, started)
                        .startedAt(new LastStart(started.position(), started.at(), started.worker()));
            case Progressed progressed ->
                moved(JobState.RUNNING, progressed)
                        .progressedTo(new LastProgress(progressed.position(), progressed.progress()));
            case Ended end -> endedBy(end);
        };
    }

    private JobStanding moved(JobState next, JobEvent event) {
        boolean further = ended == null && event.position().compareTo(position) > 0;
        return further ? new JobStanding(next, event.position(), event.attempt(), started, progressed, null) : this;
    }

    private JobStanding endedBy(Ended event) {
        JobStanding base = ended == null ? end(event) : this;
        return event.start() == null
                ? base
                : base.startedAt(new LastStart(
                        event.position(), event.start().at(), event.start().worker()));
    }

    private JobStanding end(Ended event) {
        Duration duration = event.start() == null ? null : event.start().duration();
        End end = new End(event.position(), event.at(), duration, event.result(), event.error());
        return new JobStanding(event.state(), event.position(), event.attempt(), started, progressed, end);
    }

    private JobStanding startedAt(LastStart start) {
        boolean further = started == null || start.position().compareTo(started.position()) > 0;
        return further ? new JobStanding(state, position, attempt, start, progressed, ended) : this;
    }

    private JobStanding progressedTo(LastProgress progress) {
        boolean further = progressed == null || progress.position().compareTo(progressed.position()) > 0;
        return further ? new JobStanding(state, position, attempt, started, progress, ended) : this;
    }
}
