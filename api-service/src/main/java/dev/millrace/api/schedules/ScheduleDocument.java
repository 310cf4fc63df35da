package dev.millrace.api.schedules;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.record.query.Redaction;
import dev.millrace.api.schedules.ScheduleTable.StoredSchedule;
import dev.millrace.api.schedules.fires.FiredWork;
import dev.millrace.api.workflows.query.RedactedSteps;
import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.trigger.Occurrence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as clients see it. Every field is always there, null where it does not apply; {@code trigger} to {@code
 * overlap} are as {@link PlanJson} has them.
 *
 * @param job the JSON that was accepted; null if it starts workflows
 * @param workflow the same; null if it makes jobs
 * @param nextFireAt null while it is paused, and when it fires no more
 * @param lastFireAt the tick of which something became last, whatever {@code lastOutcome} says that was
 */
@RegisterForReflection
public record ScheduleDocument(
        String id,
        JsonNode trigger,
        @JsonRawValue @Nullable String job,
        @JsonRawValue @Nullable String workflow,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        JsonNode misfire,
        String misfireGrace,
        String catchUpWindow,
        String overlap,
        boolean paused,
        String source,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        @Nullable String lastOutcome,
        String description,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The schedule as it stands at that time, for whoever is shown no more than this. */
    static ScheduleDocument of(StoredSchedule stored, Instant now, Redaction redaction) {
        Schedule schedule = stored.schedule();
        Plan plan = schedule.content().plan();
        ObjectNode json = PlanJson.write(plan);
        JsonNode work = StrictJson.read(schedule.content().job());
        Optional<JsonNode> workflow = FiredWork.workflow(work);
        return new ScheduleDocument(
                schedule.key().id(),
                json.get("trigger"),
                workflow.isPresent()
                        ? null
                        : redaction.request(schedule.content().job()),
                workflow.map(one -> RedactedSteps.of(one, redaction).toString()).orElse(null),
                plan.startAt(),
                plan.endAt(),
                json.get("misfire"),
                plan.misfireGrace().toString(),
                plan.catchUpWindow().toString(),
                plan.overlap().label(),
                schedule.content().paused(),
                schedule.source().label(),
                schedule.content().paused() ? null : next(plan, now),
                stored.lastFireAt(),
                stored.lastOutcome(),
                Description.of(plan),
                schedule.createdAt(),
                schedule.updatedAt(),
                schedule.version());
    }

    private static @Nullable Instant next(Plan plan, Instant now) {
        return plan.next(now).map(Occurrence::at).orElse(null);
    }
}
