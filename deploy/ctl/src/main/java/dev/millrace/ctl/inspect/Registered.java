package dev.millrace.ctl.inspect;

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

@Command(name = "registered", description = "List the tasks, with the workers that offer them now.")
public final class Registered implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Table table = new Table(Column.whole("TASK"), Column.text("QUEUE"), Column.text("WORKERS"));
        return session.list(Call.get("/tasks"), most, table, task -> new String[] {
            Cells.text(task.path("name")), Cells.text(task.path("queue")), Cells.list(task.path("workers"))
        });
    }
}
