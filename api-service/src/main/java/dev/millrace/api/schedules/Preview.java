package dev.millrace.api.schedules;

import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Occurrence;
import dev.millrace.schedule.trigger.Occurrence.Note;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a schedule fires. */
@RegisterForReflection
public record Preview(String description, List<Moment> occurrences) {

    /**
     * One of its times.
     *
     * @param local what the clock of the schedule's zone shows then
     * @param note dst-gap, dst-overlap, or polar, which does not fire; null if there is nothing to note
     */
    @RegisterForReflection
    public record Moment(Instant at, String local, @Nullable String note) {

        static Moment of(Occurrence occurrence) {
            Note note = occurrence.note();
            return new Moment(
                    occurrence.at(),
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(occurrence.local()),
                    note == Note.NONE ? null : note.label());
        }
    }

    static Preview of(Plan plan, Instant from, int count) {
        return new Preview(
                Description.of(plan),
                plan.preview(from).limit(count).map(Moment::of).toList());
    }
}
