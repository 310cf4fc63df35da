package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a schedule and its history; the jobs that it made stay.")
public final class DeleteSchedule implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.delete("/schedules/{}", id), nothing -> session.out().line(id + " is deleted"));
    }
}
