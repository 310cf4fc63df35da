package dev.millrace.api.record.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time that a request names, in whole milliseconds: itself, or as a distance from the acceptance by PostgreSQL's clock.
 * One of the two at most; with neither it names none.
 */
public record DueTime(@Nullable Duration after, @Nullable Instant at) {

    /** Named by neither. */
    public static final DueTime NONE = new DueTime(null, null);

    public DueTime {
        if (after != null && at != null) {
            throw new IllegalArgumentException("A time is named once, not as %s and as %s.".formatted(after, at));
        }
    }
}
