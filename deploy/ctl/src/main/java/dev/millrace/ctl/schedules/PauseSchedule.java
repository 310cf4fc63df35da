package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Let a schedule fire no more until it is resumed.")
public final class PauseSchedule implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.post("/schedules/{}/pause", id), schedule -> ScheduleDetails.show(schedule, session));
    }
}
