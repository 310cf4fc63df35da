package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a schedule: its plan, its job, when it fires next.")
public final class ShowSchedule implements Verb {

    @Parameters(paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/schedules/{}", id), schedule -> ScheduleDetails.show(schedule, session));
    }
}
