package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;

/** One job, and why one failed, as text for people. */
public final class JobDetails {

    private JobDetails() {}

    static String of(JsonNode job, Cells cells) {
        return new Details()
                .add("job", Cells.orEmpty(job.path("id")))
                .add("state", Cells.orEmpty(job.path("state")))
                .add("task", Cells.orEmpty(job.path("task")))
                .add("queue", Cells.orEmpty(job.path("queue")) + ", priority " + Cells.text(job.path("priority")))
                .add("tenant", Cells.orEmpty(job.path("tenant")))
                .add(
                        "attempt",
                        job.path("attempt").asText() + " of "
                                + job.path("maxAttempts").asText() + ", run "
                                + job.path("run").asText())
                .add("progress", progress(job.path("progress")))
                .add("worker", Cells.orEmpty(job.path("worker")))
                .add("schedule", Cells.orEmpty(job.path("scheduleId")))
                .add("tags", job.path("tags").isEmpty() ? "" : Cells.list(job.path("tags")))
                .add("metadata", job.path("metadata").isEmpty() ? "" : Json.pretty(job.path("metadata")))
                .add("submitted", cells.moment(job.path("createdAt")))
                .add("due", cells.moment(job.path("scheduledFor")))
                .add("next attempt", cells.moment(job.path("nextAttemptAt")))
                .add("started", cells.moment(job.path("startedAt")))
                .add("ended", cells.moment(job.path("finishedAt")))
                .add("expires", cells.moment(job.path("expiresAt")))
                .add("waited", job.path("waitMs").isNumber() ? Cells.millis(job.path("waitMs")) : "")
                .add("ran", job.path("durationMs").isNumber() ? Cells.millis(job.path("durationMs")) : "")
                .add("trace", Cells.orEmpty(job.path("traceId")))
                .add("payload", Json.pretty(job.path("payload")))
                .add("result", job.path("result").isNull() ? "" : Json.pretty(job.path("result")))
                .add("error", failure(job.path("error")))
                .text();
    }

    /** Type and message, then the stack trace of the task; empty if there is none. */
    public static String failure(JsonNode error) {
        if (!error.isObject()) {
            return "";
        }
        String head = Cells.text(error.path("type")) + ": " + Cells.text(error.path("message"));
        String trace = Cells.orEmpty(error.path("stackTrace"));
        return trace.startsWith(head) ? trace : (head + "\n" + trace).strip();
    }

    /** How far a run is; empty if it told nothing. */
    static String progress(JsonNode progress) {
        if (!progress.path("current").isNumber()) {
            return "";
        }
        String of = progress.path("total").isNumber()
                ? " of " + progress.path("total").asText()
                : "";
        String percent = progress.path("percent").isNumber()
                ? " (" + progress.path("percent").asText() + " %)"
                : "";
        String message = Cells.orEmpty(progress.path("message"));
        return progress.path("current").asText() + of + percent + (message.isEmpty() ? "" : ": " + message);
    }
}
