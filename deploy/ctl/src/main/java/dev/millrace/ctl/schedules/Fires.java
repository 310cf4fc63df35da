package dev.millrace.ctl.schedules;

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

@Command(name = "fires", description = "List what became of the times of a schedule, the latest first.")
public final class Fires implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.number("AGO"),
                Column.whole("OUTCOME"),
                Column.whole("JOB"),
                Column.whole("STATE"),
                Column.text("WHY"));
        return session.list(Call.get("/schedules/{}/fires", id), most, table, fire -> new String[] {
            cells.age(fire.path("at")),
            Cells.text(fire.path("outcome")),
            Cells.text(fire.path("jobId")),
            Cells.text(fire.path("state")),
            Cells.text(fire.path("detail"))
        });
    }
}
