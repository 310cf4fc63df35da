package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Let a schedule fire again, from its next time on.")
public final class ResumeSchedule implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.post("/schedules/{}/resume", id), schedule -> ScheduleDetails.show(schedule, session));
    }
}
