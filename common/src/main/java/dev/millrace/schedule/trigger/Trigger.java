package dev.millrace.schedule.trigger;

import java.time.Instant;
import java.util.Optional;

/**
 * When a schedule fires, as a pure function of time: the same for every reader, in whatever order it is asked. Instants
 * are those of years with four digits; what lies beyond is not asked for.
 */
public sealed interface Trigger permits Cron, Every, Solar, Once {

    /**
     * The first fire strictly after an instant, empty if there is none. Costs microseconds however far away it is; one of
     * {@link Solar} costs some hundred of them for each day that it has to look at.
     */
    Optional<Occurrence> next(Instant after);

    /** As {@link #next}, but also shows what {@linkplain Occurrence#fires does not fire} for the sake of explanation. */
    default Optional<Occurrence> nextShown(Instant after) {
        return next(after);
    }

    /** In English, as the rest of a sentence that begins with "It fires": {@code every 5 minutes}. */
    String description();
}
