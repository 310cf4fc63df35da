package dev.millrace.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a job, as the functions wrote it. Times are Redis's. */
public sealed interface JobEvent {

    JobId job();

    Position position();

    /** Failures up to this event plus one. */
    int attempt();

    Instant at();

    default long run() {
        return position().token().run();
    }

    /** It waits in its queue again: handed back, moved to the suspect lane, released or reconciled. */
    record Queued(JobId job, Position position, int attempt, Instant at) implements JobEvent {}

    record Started(JobId job, Position position, int attempt, Instant at, String worker) implements JobEvent {}

    record Progressed(JobId job, Position position, int attempt, Instant at, Progress progress) implements JobEvent {}

    /**
     * A run that goes on has ordered jobs, which are made whatever becomes of it.
     *
     * @param orders as in {@link Ended}
     */
    record Ordered(JobId job, Position position, int attempt, Instant at, String orders) implements JobEvent {}

    /**
     * A run of it is over, and the next one waits for its time. It stands at the token of the run that is over.
     *
     * @param attempt of the next run
     * @param due when the next run is to begin
     * @param start when and where the run that is over began; null if it never started
     * @param error why it is run again; null where that is no failure
     */
    record Deferred(
            JobId job,
            Position position,
            int attempt,
            Instant at,
            Why why,
            Instant due,
            @Nullable Start start,
            @Nullable JobError error)
            implements JobEvent {}

    /** Why a job is to run again later. */
    enum Why {
        /** The attempt failed, and the job's policy grants another one. */
        RETRY,
        /** The task asked for it; it costs no attempt. */
        SNOOZE,
        /** A limit of its queue or task asked for it; it costs no attempt. */
        THROTTLE
    }

    /**
     * It ended for good.
     *
     * @param start when and where the run that ended it began; null for a job that never started
     * @param result JSON text; null without one
     * @param orders what the run that succeeded ordered, as JSON text: a list of {@code {"key", "job"}}, where the job is what
     *     {@code POST /jobs} takes; null for nothing
     */
    record Ended(
            JobId job,
            Position position,
            int attempt,
            Instant at,
            JobState state,
            @Nullable Start start,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable String orders)
            implements JobEvent {

        public Ended {
            if (!state.ended()) {
                throw new IllegalArgumentException("A job does not end " + state + ".");
            }
            if (orders != null && state != JobState.SUCCEEDED) {
                throw new IllegalArgumentException(
                        "Only a run that succeeds orders jobs, not one that is " + state + ".");
            }
        }

        /** One whose run ordered nothing. */
        public Ended(
                JobId job,
                Position position,
                int attempt,
                Instant at,
                JobState state,
                @Nullable Start start,
                @Nullable String result,
                @Nullable JobError error) {
            this(job, position, attempt, at, state, start, result, error, null);
        }
    }

    /** When, where and for how long a run went on until its end. */
    record Start(Instant at, String worker, Duration duration) {}

    /** How far a run is; total is 0 when it is not known. */
    record Progress(long current, long total, @Nullable String message) {}
}
