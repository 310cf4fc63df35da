package dev.millrace.ctl.inspect;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;

@Command(name = "stats", description = "Show totals, rates and how long jobs wait and run.")
public final class Stats implements Verb {

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/stats"), stats -> session.out().text(Json.pretty(stats)));
    }
}
