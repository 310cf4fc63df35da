package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;

/** Jobs as rows. */
public final class JobTable {

    private JobTable() {}

    /** Its head. */
    public static Table empty() {
        return new Table(
                Column.whole("JOB"),
                Column.whole("STATE"),
                Column.text("TASK"),
                Column.text("QUEUE"),
                Column.number("ATTEMPT"),
                Column.number("AGE"),
                Column.number("RAN"),
                Column.text("WORKER"));
    }

    public static String[] row(JsonNode job, Cells cells) {
        return new String[] {
            Cells.text(job.path("id")),
            Cells.text(job.path("state")),
            Cells.text(job.path("task")),
            Cells.text(job.path("queue")),
            Cells.text(job.path("attempt")) + "/" + Cells.text(job.path("maxAttempts")),
            cells.age(job.path("createdAt")),
            Cells.millis(job.path("durationMs")),
            Cells.text(job.path("worker"))
        };
    }
}
