package dev.millrace.ctl.queues;

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

@Command(
        name = "pause",
        description = "Let no worker take jobs of queues, until 'resume'. What runs goes on; submits are accepted.")
public final class PauseQueues implements Verb {

    @Parameters(arity = "1..*", paramLabel = "QUEUE", description = "Their names.")
    List<String> names = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "For others to read.")
    Optional<String> reason = Optional.empty();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object();
        reason.ifPresent(text -> body.put("reason", text));
        return session.each(
                names,
                name -> session.show(
                        Call.post("/queues/{}/pause", name).json(body),
                        queue -> session.out().line(name + " is paused")));
    }
}
