package dev.millrace.ctl.inspect;

import dev.millrace.ctl.jobs.JobTable;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "active", description = "List the jobs that run.")
public final class Active implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Call running = Call.get("/jobs").query("state", "RUNNING");
        return session.list(running, most, JobTable.empty(), job -> JobTable.row(job, cells));
    }
}
