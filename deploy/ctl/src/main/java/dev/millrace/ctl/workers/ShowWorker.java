package dev.millrace.ctl.workers;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a worker and what it has of each of its queues.")
public final class ShowWorker implements Verb {

    @Parameters(paramLabel = "WORKER", description = "Its id, or the name that it alone has.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/workers/{}", id), worker -> WorkerDetails.show(worker, session));
    }
}
