package dev.millrace.job;

import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands after a set of events. {@link #after} is a fold whose outcome depends neither on the order of the
 * events nor on their repetition, as long as at most one of them is an end: the furthest {@link Position} wins, and
 * each part comes from its own furthest event. Of the events that tell of one start the first counts: the one that closes
 * a run measures its start once more, and differs by a little. An end is final until the job is {@link #requeued()}; of two ends the one that
 * came first stays. An event of a run before a requeue changes nothing after it.
 *
 * @param state of the furthest event, or of the end
 * @param position of the furthest event, or of the end
 * @param due when it is to run next, if the furthest event deferred it; null in every other state. Of a job that no event
 *     told of yet, submit knows it
 * @param started the start with the greatest token, as its first event told it; null before the first
 * @param progressed the furthest progress; null before the first
 * @param ended the end; null before it, and again after a requeue
 * @param supersededUpTo the end from which the latest requeue continued the job: events up to there count no more; {@link
 *     Position#ZERO} before the first
 */
public record JobStatus(
        JobState state,
        Position position,
        int attempt,
        @Nullable Instant due,
        @Nullable LastStart started,
        @Nullable LastProgress progressed,
        @Nullable End ended,
        Position supersededUpTo) {

    private static final Set<JobState> DEFERRED = EnumSet.of(JobState.SCHEDULED, JobState.RETRYING);

    public JobStatus {
        require(state.ended() == (ended != null), "has an end exactly if its state is one", state);
        require(ended == null || ended.position().equals(position), "stands where its end does", state);
        require(due == null || DEFERRED.contains(state), "waits for a time only if it is deferred", state);
        require(attempt >= 1, "counts its attempts from 1", state);
    }

    private static void require(boolean rule, String what, JobState state) {
        if (!rule) {
            throw new IllegalArgumentException("A job that is %s %s.".formatted(state, what));
        }
    }

    public record LastStart(Position position, Instant at, String worker) {

        private boolean replaces(LastStart other) {
            int later = position.token().compareTo(other.position().token());
            return later == 0 ? position.compareTo(other.position()) < 0 : later > 0;
        }
    }

    public record LastProgress(Position position, Progress progress) {}

    public record End(
            Position position,
            Instant at,
            @Nullable Duration duration,
            @Nullable String result,
            @Nullable JobError error) {}

    /** As submit wrote it. */
    public static JobStatus created(JobState state) {
        return new JobStatus(state, Position.ZERO, 1, null, null, null, null, Position.ZERO);
    }

    /** The same, when submit or an earlier deferral knows when it is to run; null for at once. */
    public JobStatus dueAt(@Nullable Instant next) {
        return new JobStatus(state, position, attempt, next, started, progressed, ended, supersededUpTo);
    }

    /**
     * Continued from its end, as its next run and with its first attempt.
     *
     * @throws IllegalStateException before its end
     */
    public JobStatus requeued() {
        if (ended == null) {
            throw new IllegalStateException(
                    "A job that is " + state + " has not ended, so that it cannot be requeued.");
        }
        return new JobStatus(JobState.QUEUED, ended.position(), 1, null, null, null, null, ended.position());
    }

    public JobStatus after(JobEvent event) {
        return event.position().compareTo(supersededUpTo) <= 0 ? this : folded(event);
    }

    private JobStatus folded(JobEvent event) {
        return switch (event) {
            case Queued queued -> moved(JobState.QUEUED, queued, null);
            case Started started ->
                moved(JobState.RUNNING, started, null)
                        .startedAt(new LastStart(started.position(), started.at(), started.worker()));
            case Progressed progressed ->
                moved(JobState.RUNNING, progressed, null)
                        .progressedTo(new LastProgress(progressed.position(), progressed.progress()));
            case Ordered ordered -> this;
            case Deferred deferred ->
                moved(stateOf(deferred.why()), deferred, deferred.due()).ran(deferred, deferred.start());
            case Ended end -> (ended == null ? end(end) : this).ran(end, end.start());
        };
    }

    private static JobState stateOf(JobEvent.Why why) {
        return switch (why) {
            case RETRY -> JobState.RETRYING;
            case SNOOZE, THROTTLE -> JobState.SCHEDULED;
        };
    }

    private JobStatus moved(JobState next, JobEvent event, @Nullable Instant nextDue) {
        boolean further = ended == null && event.position().compareTo(position) > 0;
        return further
                ? new JobStatus(
                        next, event.position(), event.attempt(), nextDue, started, progressed, null, supersededUpTo)
                : this;
    }

    /** An event that closes a run may be the only one that tells of its start. */
    private JobStatus ran(JobEvent event, @Nullable Start start) {
        return start == null ? this : startedAt(new LastStart(event.position(), start.at(), start.worker()));
    }

    private JobStatus end(Ended event) {
        Duration duration = event.start() == null ? null : event.start().duration();
        End end = new End(event.position(), event.at(), duration, event.result(), event.error());
        return new JobStatus(
                event.state(), event.position(), event.attempt(), null, started, progressed, end, supersededUpTo);
    }

    private JobStatus startedAt(LastStart start) {
        return started == null || start.replaces(started)
                ? new JobStatus(state, position, attempt, due, start, progressed, ended, supersededUpTo)
                : this;
    }

    private JobStatus progressedTo(LastProgress progress) {
        boolean further = progressed == null || progress.position().compareTo(progressed.position()) > 0;
        return further ? new JobStatus(state, position, attempt, due, started, progress, ended, supersededUpTo) : this;
    }
}
