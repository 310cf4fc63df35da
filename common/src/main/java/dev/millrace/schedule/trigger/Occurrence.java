package dev.millrace.schedule.trigger;

import dev.millrace.names.Labelled;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A moment of a schedule.
 *
 * @param local what the clock of the schedule's zone shows at that moment, in whole seconds or milliseconds; UTC where a
 *     schedule has no zone
 */
public record Occurrence(OffsetDateTime local, Note note) {

    /** What a reader of the times might stumble over. */
    public enum Note implements Labelled {
        NONE,

        /** The clock was set forward over the time that was meant; this is the moment at which it was. */
        DST_GAP,

        /** The clock was set back and shows this time twice. */
        DST_OVERLAP,

        /** Nothing fires: the sun does not pass that height on this day. The moment is the day's solar noon. */
        POLAR;
    }

    static Occurrence utc(Instant at, Note note) {
        return new Occurrence(at.atOffset(ZoneOffset.UTC), note);
    }

    public static Occurrence utc(Instant at) {
        return utc(at, Note.NONE);
    }

    public Instant at() {
        return local.toInstant();
    }

    /** Whether a job is made; else it only explains why there is none. */
    public boolean fires() {
        return note != Note.POLAR;
    }
}
