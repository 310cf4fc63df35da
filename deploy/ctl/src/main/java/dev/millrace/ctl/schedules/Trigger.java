package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "trigger", description = "Make the job of a schedule now, and print its id.")
public final class Trigger implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.post("/schedules/{}/trigger", id),
                job -> session.out().line(job.path("id").asText()));
    }
}
