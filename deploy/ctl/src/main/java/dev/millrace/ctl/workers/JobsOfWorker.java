package dev.millrace.ctl.workers;

import dev.millrace.ctl.jobs.JobTable;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "jobs", description = "List the jobs that a worker runs, or holds until it has a slot.")
public final class JobsOfWorker implements Verb {

    @Parameters(paramLabel = "WORKER", description = "Its id, or the name that it alone has.")
    String id = "";

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        return session.list(Call.get("/workers/{}/jobs", id), most, JobTable.empty(), job -> JobTable.row(job, cells));
    }
}
