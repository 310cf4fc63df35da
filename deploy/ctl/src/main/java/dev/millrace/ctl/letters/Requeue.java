package dev.millrace.ctl.letters;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Rerun;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "requeue",
        description = "Run the jobs of dead letters again: of those that are named, or of all that pass a filter.")
public final class Requeue implements Verb {

    @Mixin
    Chosen letters = new Chosen();

    @Mixin
    Rerun rerun = new Rerun();

    @Override
    public Exit run(Session session) {
        return letters.areNamed() ? named(session) : many(session);
    }

    private Exit named(Session session) {
        String body = rerun.body(session);
        return session.each(
                letters.ids,
                id -> session.show(
                        Call.post("/dead-letters/{}/requeue", id).body("application/json", body),
                        job -> session.out()
                                .line("job " + job.path("id").asText() + " "
                                        + job.path("state").asText())));
    }

    private Exit many(Session session) {
        if (!rerun.isEmpty()) {
            throw new Unusable("Another payload or queue is for letters that are named.");
        }
        return session.show(
                Call.post("/dead-letters/requeue").json(letters.selection()),
                reply -> session.out()
                        .line(reply.path("matched").asText() + " matched, "
                                + reply.path("requeued").asText() + " requeued"));
    }
}
