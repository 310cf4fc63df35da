package dev.millrace.ctl.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Session;

/** One worker and its queues, for people. */
final class WorkerDetails {

    private WorkerDetails() {}

    static void show(JsonNode worker, Session session) {
        Cells cells = session.cells();
        session.out()
                .text(new Details()
                        .add("worker", Cells.orEmpty(worker.path("id")))
                        .add("name", Cells.orEmpty(worker.path("name")))
                        .add("state", Cells.orEmpty(worker.path("state")))
                        .add("host", Cells.orEmpty(worker.path("host")))
                        .add("process", Cells.orEmpty(worker.path("pid")))
                        .add("version", Cells.orEmpty(worker.path("version")))
                        .add("mode", Cells.orEmpty(worker.path("mode")))
                        .add("started", cells.moment(worker.path("startedAt")))
                        .add("seen", cells.moment(worker.path("lastSeenAt")))
                        .add("processor", Cells.orEmpty(worker.path("cpuPercent")) + " %")
                        .add("memory", Cells.bytes(worker.path("memoryBytes")))
                        .add("leaked slots", Cells.orEmpty(worker.path("leakedSlots")))
                        .text());
        session.show(queues(worker));
    }

    private static Table queues(JsonNode worker) {
        Table table = new Table(
                Column.text("QUEUE"), Column.number("RUNNING"), Column.number("SLOTS"), Column.number("HELD"));
        worker.path("queues")
                .forEach(queue -> table.row(
                        Cells.text(queue.path("name")),
                        Cells.text(queue.path("running")),
                        WorkerTable.slotsOf(queue),
                        Cells.text(queue.path("held"))));
        return table;
    }
}
