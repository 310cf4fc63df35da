package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.json.PlanJson;
import dev.millrace.schedule.ScheduleContent;
import java.util.List;
import java.util.Optional;

/** A schedule as the audit has it: its plan, and of its job only what decides where it runs. */
final class ScheduleSetting {

    private static final List<String> OF_JOBS = List.of("task", "queue", "priority");

    private ScheduleSetting() {}

    static JsonNode of(ScheduleContent content) {
        return shown(content);
    }

    /** The same, with a word on whether the job is another one, which may be all that was changed. */
    static JsonNode of(ScheduleContent content, Optional<ScheduleContent> before) {
        ObjectNode shown = shown(content);
        before.ifPresent(was -> shown.put("jobChanged", !was.job().equals(content.job())));
        return shown;
    }

    private static ObjectNode shown(ScheduleContent content) {
        ObjectNode shown = PlanJson.write(content.plan());
        shown.put("paused", content.paused());
        JsonNode job = StrictJson.read(content.job());
        ObjectNode place = shown.putObject("job");
        OF_JOBS.stream().filter(job::has).forEach(name -> place.set(name, job.get(name)));
        return shown;
    }
}
