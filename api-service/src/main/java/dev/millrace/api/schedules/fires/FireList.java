package dev.millrace.api.schedules.fires;

import dev.millrace.api.record.query.UtcTimes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a schedule's history; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record FireList(List<FireDocument> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static FireList cut(List<FireDocument> fires, int limit) {
        return fires.size() <= limit
                ? new FireList(fires, null)
                : new FireList(
                        fires.subList(0, limit), text(fires.get(limit - 1).at()));
    }

    private static String text(Instant at) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    /** The time behind which the next page begins. */
    public static Instant cursor(String text) {
        return UtcTimes.inRange(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS));
    }
}
