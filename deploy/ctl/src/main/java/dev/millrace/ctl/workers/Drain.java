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
        name = "drain",
        description = "Let workers take no more jobs, until 'workers resume'; they finish those that they have.")
public final class Drain implements Verb {

    @Parameters(arity = "0..*", paramLabel = "WORKER", description = "Their ids, or names that they alone have.")
    List<String> named = List.of();

    @Mixin
    Chosen workers = new Chosen();

    @Override
    public Exit run(Session session) {
        return workers.tell(session, named, id -> Call.post("/workers/{}/drain", id), "takes no more jobs");
    }
}
