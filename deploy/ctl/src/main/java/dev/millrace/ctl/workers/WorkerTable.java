package dev.millrace.ctl.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import java.util.ArrayList;
import java.util.List;

/** Workers as rows. */
public final class WorkerTable {

    private WorkerTable() {}

    /** Its head. */
    public static Table empty() {
        return new Table(
                Column.whole("WORKER"),
                Column.text("NAME"),
                Column.whole("STATE"),
                Column.number("RUNNING"),
                Column.number("SLOTS"),
                Column.number("HELD"),
                Column.number("CPU"),
                Column.number("MEMORY"),
                Column.number("SEEN"),
                Column.text("QUEUES"));
    }

    public static String[] row(JsonNode worker, Cells cells) {
        List<String> queues = new ArrayList<>();
        worker.path("queues").forEach(queue -> queues.add(queue.path("name").asText()));
        return new String[] {
            Cells.text(worker.path("id")),
            Cells.text(worker.path("name")),
            Cells.text(worker.path("state")),
            sum(worker, "running"),
            sum(worker, "concurrency"),
            sum(worker, "held"),
            worker.path("cpuPercent").isNumber()
                    ? Math.round(worker.path("cpuPercent").asDouble()) + " %"
                    : "-",
            Cells.bytes(worker.path("memoryBytes")),
            cells.age(worker.path("lastSeenAt")),
            String.join(", ", queues)
        };
    }

    /** Over its queues, if it says anything of them. */
    private static String sum(JsonNode worker, String field) {
        if (!worker.has("queues")) {
            return Cells.text(worker.path("queues"));
        }
        long sum = 0;
        for (JsonNode queue : worker.path("queues")) {
            sum += queue.path(field).asLong();
        }
        return Long.toString(sum);
    }
}
