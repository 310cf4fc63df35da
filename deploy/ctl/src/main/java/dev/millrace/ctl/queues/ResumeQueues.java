package dev.millrace.ctl.queues;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let workers take jobs of queues again that were paused.")
public final class ResumeQueues implements Verb {

    @Parameters(arity = "1..*", paramLabel = "QUEUE", description = "Their names.")
    List<String> names = List.of();

    @Override
    public Exit run(Session session) {
        return session.tellEach(
                names, name -> Call.post("/queues/{}/resume", name), (name, queue) -> name + " goes on");
    }
}
