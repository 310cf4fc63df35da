package dev.millrace.schedule;

import dev.millrace.names.Labelled;
import java.time.Instant;

/**
 * What the schedulers send the api of each tick, again and again until it is {@linkplain FireAnswer answered}.
 *
 * @param at the tick
 * @param missed nothing is to be submitted; it only belongs to the history
 * @param job as {@link ScheduleContent#job}, at the time of the tick
 */
public record FireReport(ScheduleKey key, long generation, Instant at, boolean missed, Overlap overlap, String job) {

    public Fire fire() {
        return new Fire(key.toString(), generation, at);
    }

    /** What became of a tick. */
    public enum Outcome implements Labelled {
        /** A job was made. */
        FIRED,

        /** None was, since the job of an earlier tick had not ended. */
        SKIPPED_OVERLAP,

        /** None was, since no scheduler fired it in time. */
        MISSED,

        /** None was, since nobody offers its task or its queue, or the job breaks a rule of its task. */
        REJECTED;

        /**
         * The outcome that has this label.
         *
         * @throws IllegalArgumentException if none has
         */
        public static Outcome ofLabel(String label) {
            return Labelled.of(values(), "outcome", label);
        }
    }
}
