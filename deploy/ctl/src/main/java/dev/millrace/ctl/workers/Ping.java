package dev.millrace.ctl.workers;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "ping",
        description = "Ask workers for a reply; all that live, if none is named. Ends with 6 if one does not reply.")
public final class Ping implements Verb {

    @Parameters(arity = "0..*", paramLabel = "WORKER", description = "Their ids, or names that they alone have.")
    List<String> named = List.of();

    @Mixin
    Chosen workers = new Chosen();

    @Override
    public Exit run(Session session) {
        if (named.isEmpty()) {
            workers.chooseEvery();
        }
        return workers.tell(session, named, id -> Call.post("/workers/{}/ping", id), "is there");
    }
}
