package dev.millrace.ctl.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;
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

    /** A purge of many jobs is answered after 20 s at most. */
    private static final Duration LONG = Duration.ofSeconds(30);

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    String name = "";

    @Option(
            names = "--confirm",
            paramLabel = "QUEUE",
            description = "The name once more. Without it you are asked on a terminal.")
    Optional<String> confirm = Optional.empty();

    @Option(
            names = "--delayed",
            description = "Jobs that wait for a time too: delayed ones, and those that are tried again.")
    boolean delayed;

    @Override
    public Exit run(Session session) {
        if (!confirm.orElseGet(() -> asked(session)).equals(name)) {
            throw new Unusable("Nothing was purged: --confirm has to repeat the name of the queue.");
        }
        ObjectNode body = Json.object().put("confirm", name);
        if (delayed) {
            body.put("delayed", true);
        }
        return session.show(
                Call.post("/queues/{}/purge", name).json(body).patience(LONG), reply -> show(reply, session.out()));
    }

    private static void show(JsonNode reply, Output out) {
        out.line(reply.path("purged").asText() + " jobs were cancelled");
        if (!reply.path("complete").asBoolean()) {
            out.note("The time was over before all were looked at: repeat it for the rest.");
        }
    }

    private static String asked(Session session) {
        if (!session.out().terminal().interactive()) {
            return "";
        }
        session.out().note("All jobs that wait there will be cancelled. Type the name of the queue:");
        return session.inputLine();
    }
}
