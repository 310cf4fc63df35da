package dev.millrace.ctl.queues;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "backlog", description = "Show the numbers of a queue that autoscalers go by.")
public final class Backlog implements Verb {

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    String name = "";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.get("/queues/{}/backlog", name), backlog -> session.out().text(ShowQueue.text(backlog)));
    }
}
