package dev.millrace.ctl.workflows;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "signal", description = "Send a workflow the message that a step of it waits for.")
public final class SignalWorkflow implements Verb {

    @Parameters(index = "0", paramLabel = "WORKFLOW", description = "Its id.")
    String id = "";

    @Parameters(index = "1", paramLabel = "SIGNAL", description = "The signal's name.")
    String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "PAYLOAD",
            defaultValue = "null",
            description = "JSON; @FILE reads it from a file, - from standard input. Null unless it is given.")
    String payload = "null";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.post("/workflows/{}/signals/{}", id, name)
                        .header("Idempotency-Key", session.ids().get().toString())
                        .body("application/json", Inputs.read(payload, session)),
                sent -> session.out().line(name + " is sent"));
    }
}
