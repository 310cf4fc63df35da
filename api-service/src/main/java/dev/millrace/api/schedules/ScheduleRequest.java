package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.ScheduleContent;
import java.util.Optional;

/** What a client says of a schedule, checked. */
record ScheduleRequest(Optional<String> id, Plan plan, JsonNode job, boolean paused) {

    ScheduleContent content() {
        return new ScheduleContent(plan, job.toString(), paused);
    }
}
