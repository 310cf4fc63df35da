package dev.millrace.ctl.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "End jobs that wait, and ask those that run to stop.")
public final class Cancel implements Verb {

    @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
    List<String> ids = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Shown in the error of the cancelled job.")
    Optional<String> reason = Optional.empty();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object();
        reason.ifPresent(text -> body.put("reason", text));
        return session.each(
                ids,
                id -> session.show(
                        Call.post("/jobs/{}/cancel", id).json(body),
                        job -> session.out()
                                .line(id + " " + outcome(job.path("state").asText()))));
    }

    private static String outcome(String state) {
        return state.equals(State.CANCELLED.name()) ? state : state + ", and is asked to stop";
    }
}
