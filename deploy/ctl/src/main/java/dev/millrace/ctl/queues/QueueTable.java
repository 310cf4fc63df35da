package dev.millrace.ctl.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;

/** Queues as rows. */
public final class QueueTable {

    private QueueTable() {}

    /** Its head. */
    public static Table empty() {
        return new Table(
                Column.whole("QUEUE"),
                Column.number("READY"),
                Column.number("RUNNING"),
                Column.number("SCHEDULED"),
                Column.number("RETRYING"),
                Column.number("DEAD"),
                Column.number("OLDEST"),
                Column.number("WORKERS"),
                Column.number("SLOTS"),
                Column.text("PAUSED"));
    }

    public static String[] row(JsonNode queue) {
        return new String[] {
            Cells.text(queue.path("name")),
            Cells.text(queue.path("ready")),
            Cells.text(queue.path("running")),
            Cells.text(queue.path("scheduled")),
            Cells.text(queue.path("retrying")),
            Cells.text(queue.path("dead")),
            Cells.millis(queue.path("oldestAgeMs")),
            Cells.text(queue.path("consumers")),
            Cells.text(queue.path("concurrency")),
            queue.path("paused").asBoolean() ? "paused" : ""
        };
    }
}
