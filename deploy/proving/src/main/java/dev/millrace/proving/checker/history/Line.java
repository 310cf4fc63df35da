package dev.millrace.proving.checker.history;

import org.jspecify.annotations.Nullable;

/** One thing that was seen. Times are in milliseconds since 1970. */
public sealed interface Line {

    /** When it was seen, or began. */
    long at();

    /** The job that it is about; null if it is about none, or the one who saw it does not know. */
    @Nullable
    String job();

    /** What a client knows of a call of its own. */
    enum Outcome {
        OK,
        /** Answered with an error that says that nothing was done. */
        FAIL,
        /** No answer, or one that leaves it open. */
        UNKNOWN
    }

    /**
     * A client submitted a job.
     *
     * @param done when the answer came
     * @param key the Idempotency-Key
     * @param job as the answer named it, or the client chose it
     * @param attempts how many it may have
     * @param due not to start before
     * @param expires not to start from then on
     */
    record Submit(
            long at,
            long done,
            Outcome outcome,
            String tenant,
            @Nullable String key,
            @Nullable String job,
            @Nullable Integer attempts,
            @Nullable Long due,
            @Nullable Long expires)
            implements Line {}

    /** A client asked for a job's cancel; {@code answer} is CANCELLED if the api said that it ended so. */
    record Cancel(
            long at,
            long done,
            Outcome outcome,
            String job,
            @Nullable String answer) implements Line {}

    /** A client asked for a new run of an ended job. */
    record Requeue(long at, long done, Outcome outcome, String job) implements Line {}

    /** A task began. */
    record Start(long at, String job, Stamp token, int attempt, String worker) implements Line {}

    /** A task came to an end, whichever. */
    record Stop(long at, String job, Stamp token, String worker) implements Line {}

    /** An event as it lay in Redis; {@code entry} is its id there. */
    record Event(
            String entry,
            long at,
            String type,
            String job,
            Stamp token,
            int attempt,
            @Nullable String worker,
            @Nullable Long due,
            @Nullable String why,
            @Nullable String error)
            implements Line {}

    /** What a run ordered under a key, as an event told of it. */
    record Order(long at, String job, String key, Stamp by) implements Line {}

    /** A job was made of what a run had ordered; {@code job} is the one that ordered it. */
    record Child(long at, String job, String key, Stamp by) implements Line {}

    /**
     * A fault that was injected.
     *
     * @param until when it was over; null if that is the moment of {@code at}, or never
     * @param target the worker it hit; null for all
     * @param job the job that did it, if one did
     */
    record Fault(
            long at,
            @Nullable Long until,
            Type type,
            @Nullable String target,
            @Nullable String job) implements Line {

        public enum Type {
            /** A worker was killed. */
            KILL,
            /** A worker died of a job. */
            DIED,
            /** A worker was stopped in good order. */
            TERM,
            /** A worker stood still. */
            PAUSE,
            /** A worker could not reach Redis, or a reply to it was lost. */
            CUT,
            /** Redis was away, its data were not lost. */
            REDIS_DOWN,
            /** Redis lost all data. */
            REDIS_LOST,
            /** Redis went back to an earlier state: writes before a crash were lost, or a replica that lagged took over. */
            REDIS_SET_BACK,
            /** Redis's clock jumped. */
            CLOCK,
            POSTGRES_DOWN,
            /** An api instance was killed. */
            API_KILL,
            /** A scheduler was killed. */
            SCHEDULER_KILL,
            /** Somebody wrote an entry that cannot be read, for this job. */
            MALFORMED
        }
    }

    /** The record's row of a job; {@code last} if it is the one of the end of the history. */
    record Row(
            long at,
            String job,
            String tenant,
            String state,
            int attempt,
            long run,
            @Nullable String key,
            boolean last) implements Line {

        /** Whether the job is at its end. */
        public boolean ended() {
            return Ends.is(state);
        }
    }

    /** What the record says became of a schedule's tick; {@code job} if one was made for it. */
    record Fire(
            long at, String schedule, long tick, @Nullable String job) implements Line {}

    /** Where a job lay, validly, at a look; all of one look bear the same number. */
    record Place(
            long scan,
            long at,
            String job,
            String key,
            @Nullable String entry) implements Line {}

    /**
     * A worker's lease was let run out.
     *
     * @param gone for how many milliseconds the connection had been gone by which it said last that it lives
     * @param ofThisLife whether it had said so since Redis was opened last
     * @param by who did it
     * @param steady for how many milliseconds that one had had its own connection
     */
    record Lapse(long at, String worker, long gone, boolean ofThisLife, String by, long steady) implements Line {

        @Override
        public @Nullable String job() {
            return null;
        }
    }

    /** Something that should not be there at the end. */
    record Left(long at, String what, long count) implements Line {

        @Override
        public @Nullable String job() {
            return null;
        }
    }
}
