package dev.millrace.ctl.letters;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resolve",
        description =
                "Say that nothing is to be done about dead letters: about those that are named, or all that pass a "
                        + "filter. They stay readable.")
public final class Resolve implements Verb {

    @Mixin
    Chosen letters = new Chosen();

    @Override
    public Exit run(Session session) {
        return letters.areNamed() ? named(session) : many(session);
    }

    private Exit named(Session session) {
        return session.each(
                letters.ids,
                id -> session.show(
                        Call.delete("/dead-letters/{}", id),
                        nothing -> session.out().line(id + " is resolved")));
    }

    private Exit many(Session session) {
        return session.show(
                Call.post("/dead-letters/resolve").json(letters.selection()),
                reply -> session.out()
                        .line(reply.path("matched").asText() + " matched, "
                                + reply.path("resolved").asText() + " resolved"));
    }
}
