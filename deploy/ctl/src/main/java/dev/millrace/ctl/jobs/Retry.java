package dev.millrace.ctl.jobs;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Rerun;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "retry", description = "Run jobs again that ended and did not succeed.")
public final class Retry implements Verb {

    @Parameters(arity = "1..*", paramLabel = "JOB", description = "Their ids.")
    List<String> ids = List.of();

    @Mixin
    Rerun rerun = new Rerun();

    @Override
    public Exit run(Session session) {
        String body = rerun.body(session);
        return session.each(
                ids,
                id -> session.show(
                        Call.post("/jobs/{}/retry", id).body("application/json", body),
                        job -> session.out()
                                .line(id + " " + job.path("state").asText() + ", run "
                                        + job.path("run").asText())));
    }
}
