package dev.millrace.ctl.tasks;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the tasks that workers ever offered, and how many offer them now.")
public final class ListTasks implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Table table = new Table(
                Column.whole("TASK"),
                Column.text("QUEUE"),
                Column.number("WORKERS"),
                Column.number("TRIES"),
                Column.number("TIMEOUT"),
                Column.text("WHAT IT DOES"));
        return session.list(Call.get("/tasks"), most, table, task -> new String[] {
            Cells.text(task.path("name")),
            Cells.text(task.path("queue")),
            Integer.toString(task.path("workers").size()),
            Cells.text(task.path("retry").path("maxAttempts")),
            Cells.text(task.path("timeout")),
            Cells.text(task.path("description"))
        });
    }
}
