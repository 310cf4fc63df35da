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
            slots(worker),
            sum(worker, "held"),
            worker.path("cpuPercent").isNumber()
                    ? Math.round(worker.path("cpuPercent").asDouble()) + " %"
                    : "-",
            Cells.bytes(worker.path("memoryBytes")),
            cells.age(worker.path("lastSeenAt")),
            String.join(", ", queues)
        };
    }

    /** Those that queues share once. */
    private static String slots(JsonNode worker) {
        if (!worker.has("queues")) {
            return Cells.text(worker.path("queues"));
        }
        long own = 0;
        long shared = 0;
        for (JsonNode queue : worker.path("queues")) {
            long slots = queue.path("concurrency").asLong();
            boolean shares = queue.path("shared").asBoolean();
            own += shares ? 0 : slots;
            shared = shares ? Math.max(shared, slots) : shared;
        }
        return Long.toString(own + shared);
    }

    /** The slots of one of its queues, as a cell. */
    public static String slotsOf(JsonNode queue) {
        return Cells.text(queue.path("concurrency")) + (queue.path("shared").asBoolean() ? " shared" : "");
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
