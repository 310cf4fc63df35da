package dev.millrace.ctl.jobs;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "job", description = "Show a job: where it stands, its payload, result and error.")
public final class ShowJob implements Verb {

    @Parameters(paramLabel = "JOB", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/jobs/{}", id), job -> session.out().text(JobDetails.of(job, session.cells())));
    }
}
