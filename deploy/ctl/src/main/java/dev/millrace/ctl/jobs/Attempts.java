package dev.millrace.ctl.jobs;

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
import picocli.CommandLine.Parameters;

@Command(name = "attempts", description = "List the attempts of a job that failed, the first one first.")
public final class Attempts implements Verb {

    @Parameters(paramLabel = "JOB", description = "Its id.")
    String id = "";

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.number("RUN"),
                Column.number("ATTEMPT"),
                Column.number("AGE"),
                Column.text("WORKER"),
                Column.text("ERROR"),
                Column.text("MESSAGE"));
        return session.list(Call.get("/jobs/{}/attempts", id), most, table, attempt -> new String[] {
            Cells.text(attempt.path("run")),
            Cells.text(attempt.path("attempt")),
            cells.age(attempt.path("finishedAt")),
            Cells.text(attempt.path("worker")),
            Cells.text(attempt.path("error").path("type")),
            Cells.text(attempt.path("error").path("message"))
        });
    }
}
