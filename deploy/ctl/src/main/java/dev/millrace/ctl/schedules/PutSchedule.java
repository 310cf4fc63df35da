package dev.millrace.ctl.schedules;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Inputs;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "put", description = "Make or replace a schedule, as PUT /api/v1/schedules/{id} does.")
public final class PutSchedule implements Verb {

    @Parameters(index = "0", paramLabel = "SCHEDULE", description = "Its id.")
    String id = "";

    @Parameters(
            index = "1",
            paramLabel = "DOCUMENT",
            description = "JSON with 'trigger' and 'job'; @FILE reads it from a file, - from standard input.")
    String document = "";

    @Override
    public Exit run(Session session) {
        String body = Inputs.read(document, session);
        return session.show(
                Call.put("/schedules/{}", id).body("application/json", body),
                schedule -> ScheduleDetails.show(schedule, session));
    }
}
