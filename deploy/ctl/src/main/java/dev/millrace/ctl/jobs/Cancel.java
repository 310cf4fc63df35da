package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Reason;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "End jobs that wait, and ask those that run to stop.")
public final class Cancel implements Verb {

    @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
    List<String> ids = List.of();

    @Mixin
    Reason reason = new Reason();

    @Override
    public Exit run(Session session) {
        ObjectNode body = reason.body();
        return session.tellEach(
                ids,
                id -> Call.post("/jobs/{}/cancel", id).json(body),
                (id, job) -> id + " " + outcome(job.path("state").asText()));
    }

    private static String outcome(String state) {
        return state.equals(State.CANCELLED.name()) ? state : state + ", and is asked to stop";
    }
}
