package dev.millrace.ctl.workflows;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a workflow, and its steps as a tree with their states.")
public final class ShowWorkflow implements Verb {

    @Parameters(paramLabel = "WORKFLOW", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/workflows/{}", id), workflow -> WorkflowDetails.show(workflow, session));
    }
}
