package dev.millrace.ctl.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Session;

/** One schedule as text for people. */
final class ScheduleDetails {

    private ScheduleDetails() {}

    /** Shows it, or that no scheduler has confirmed the change yet. */
    static void show(JsonNode schedule, Session session) {
        if (schedule.has("confirmed")) {
            session.out().line(schedule.path("id").asText() + ": accepted; no scheduler has confirmed it yet");
        } else {
            session.out().text(text(schedule, session.cells()));
        }
    }

    private static String text(JsonNode schedule, Cells cells) {
        return new Details()
                .add("schedule", Cells.orEmpty(schedule.path("id")))
                .add("plan", Cells.orEmpty(schedule.path("description")))
                .add("paused", schedule.path("paused").asBoolean() ? "yes" : "no")
                .add("next", cells.moment(schedule.path("nextFireAt")))
                .add("last", cells.moment(schedule.path("lastFireAt")))
                .add("outcome", Cells.orEmpty(schedule.path("lastOutcome")))
                .add("from", cells.moment(schedule.path("startAt")))
                .add("until", cells.moment(schedule.path("endAt")))
                .add("misfire", Cells.orEmpty(schedule.path("misfire")))
                .add("overlap", Cells.orEmpty(schedule.path("overlap")))
                .add("source", Cells.orEmpty(schedule.path("source")))
                .add("changed", cells.moment(schedule.path("updatedAt")))
                .add("trigger", Json.pretty(schedule.path("trigger")))
                .add("job", schedule.path("job").isObject() ? Json.pretty(schedule.path("job")) : "")
                .add("workflow", schedule.path("workflow").isObject() ? Json.pretty(schedule.path("workflow")) : "")
                .text();
    }
}
