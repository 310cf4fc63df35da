package dev.millrace.ctl.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Pages;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import dev.millrace.ctl.workers.WorkerTable;
import picocli.CommandLine.Command;

@Command(name = "active_queues", description = "List which worker serves which queue, with how many slots.")
public final class ActiveQueues implements Verb {

    @Override
    public Exit run(Session session) {
        Pages workers = session.server().pages(Call.get("/workers"), Integer.MAX_VALUE);
        if (session.out().json()) {
            workers.answers().forEach(page -> session.out().body(page.body()));
            return Exit.DONE;
        }
        Table table = new Table(
                Column.whole("WORKER"),
                Column.text("NAME"),
                Column.text("QUEUE"),
                Column.number("RUNNING"),
                Column.number("SLOTS"));
        workers.items().forEach(worker -> add(worker, table));
        session.show(table);
        return Exit.DONE;
    }

    private static void add(JsonNode worker, Table table) {
        worker.path("queues")
                .forEach(queue -> table.row(
                        Cells.text(worker.path("id")),
                        Cells.text(worker.path("name")),
                        Cells.text(queue.path("name")),
                        Cells.text(queue.path("running")),
                        WorkerTable.slotsOf(queue)));
    }
}
