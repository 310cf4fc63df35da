package dev.millrace.ctl.workflows;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "start", description = "Start a workflow, as POST /api/v1/workflows does.")
public final class StartWorkflow implements Verb {

    @Parameters(
            paramLabel = "DOCUMENT",
            description =
                    "JSON with 'root' and, if need be, 'input'; @FILE reads it from a file, - from standard input.")
    String document = "";

    @Option(names = "--check", description = "Only say whether it could run.")
    boolean check;

    @Override
    public Exit run(Session session) {
        String body = Inputs.read(document, session);
        return check
                ? session.show(
                        Call.post("/workflows/validate").body("application/json", body),
                        graph -> session.out()
                                .line("It can run, in " + graph.path("nodes").size() + " steps."))
                : session.show(
                        Call.post("/workflows")
                                .header("Idempotency-Key", session.ids().get().toString())
                                .body("application/json", body),
                        workflow -> WorkflowDetails.show(workflow, session));
    }
}
