package dev.millrace.ctl.jobs;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "jobs", description = "List jobs, the newest first.")
public final class ListJobs implements Verb {

    @Mixin
    JobFilter filter = new JobFilter();

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        return session.list(filter.on(Call.get("/jobs")), most, JobTable.empty(), job -> JobTable.row(job, cells));
    }
}
