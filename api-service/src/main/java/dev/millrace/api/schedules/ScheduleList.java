package dev.millrace.api.schedules;

import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.schedules.ScheduleTable.StoredSchedule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of schedules; {@code nextCursor} is null on the last. */
@RegisterForReflection
public record ScheduleList(
        List<ScheduleDocument> items, @Nullable String nextCursor) {

    /** Of one more than the page may hold, which tells that there is a next page. */
    static ScheduleList cut(List<StoredSchedule> found, int limit, Instant now, Redaction redaction) {
        List<ScheduleDocument> items = found.stream()
                .limit(limit)
                .map(stored -> ScheduleDocument.of(stored, now, redaction))
                .toList();
        return new ScheduleList(items, found.size() > limit ? items.getLast().id() : null);
    }
}
