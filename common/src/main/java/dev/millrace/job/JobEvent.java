package dev.millrace.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a job, as the functions wrote it. Times are Redis's. */
public sealed interface JobEvent {

    JobId job();

    Position position();

    /** Failures before this event plus one. */
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
     * It ended for good.
     *
     * @param start when and where the run that ended it began; null for a job that never started
     * @param result JSON text; null without one
     */
    record Ended(
            JobId job,
            Position position,
            int attempt,
            Instant at,
            JobState state,
            @Nullable Start start,
            @Nullable String result,
            @Nullable JobError error)
            implements JobEvent {

        public Ended {
            if (!state.ended()) {
                throw new IllegalArgumentException("A job does not end " + state + ".");
            }
        }
    }

    /** When, where and for how long a run went on until its end. */
    record Start(Instant at, String worker, Duration duration) {}

    /** How far a run is; total is 0 when it is not known. */
    record Progress(long current, long total, @Nullable String message) {}
}
