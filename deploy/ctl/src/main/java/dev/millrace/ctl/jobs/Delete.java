package dev.millrace.ctl.jobs;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete jobs that have ended, with their results, attempts and dead letters.")
public final class Delete implements Verb {

    @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
    List<String> ids = List.of();

    @Override
    public Exit run(Session session) {
        return session.each(
                ids,
                id -> session.show(
                        Call.delete("/jobs/{}", id), nothing -> session.out().line(id + " is deleted")));
    }
}
