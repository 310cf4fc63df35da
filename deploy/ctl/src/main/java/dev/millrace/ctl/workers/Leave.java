package dev.millrace.ctl.workers;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "leave", description = "Let workers take no more jobs of a queue, until they end.")
public final class Leave implements Verb {

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORKER",
            description = "Their ids, or names that they alone have.")
    List<String> named = List.of();

    @Mixin
    Chosen workers = new Chosen();

    @Override
    public Exit run(Session session) {
        return workers.tell(session, named, id -> Call.delete("/workers/{}/queues/{}", id, queue), "has left " + queue);
    }
}
