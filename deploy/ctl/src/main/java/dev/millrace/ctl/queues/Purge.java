package dev.millrace.ctl.queues;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "purge", description = "End all jobs that wait in a queue as CANCELLED. Those that run go on.")
public final class Purge implements Verb {

    /** A purge of many jobs is answered when it is done. */
    private static final Duration LONG = Duration.ofMinutes(2);

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    String name = "";

    @Option(
            names = "--confirm",
            paramLabel = "QUEUE",
            description = "The name once more. Without it you are asked on a terminal.")
    Optional<String> confirm = Optional.empty();

    @Override
    public Exit run(Session session) {
        if (!confirm.orElseGet(() -> asked(session)).equals(name)) {
            throw new Unusable("Nothing was purged: --confirm has to repeat the name of the queue.");
        }
        return session.show(
                Call.post("/queues/{}/purge", name)
                        .json(Json.object().put("confirm", name))
                        .patience(LONG),
                reply -> session.out().text(ShowQueue.text(reply)));
    }

    private static String asked(Session session) {
        if (!session.out().terminal().interactive()) {
            return "";
        }
        session.out().note("All jobs that wait there will be cancelled. Type the name of the queue:");
        return session.inputLine();
    }
}
