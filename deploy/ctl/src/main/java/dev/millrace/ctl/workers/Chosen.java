package dev.millrace.ctl.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Whether all workers are told something, instead of those that are named. */
public final class Chosen {

    /** Longer than the server waits for a worker. */
    private static final Duration REPLY = Duration.ofSeconds(30);

    @Option(names = "--every", description = "All that live.")
    boolean every;

    /** Tells those that are named, or every one; whoever does not reply keeps no other from its turn. */
    Exit tell(Session session, List<String> named, Function<String, Call> command, String done) {
        if (every != named.isEmpty()) {
            throw new Unusable(
                    every ? "Workers are named, or it is --every, not both." : "Name workers, or say --every.");
        }
        List<String> all = every ? all(session) : named;
        if (all.isEmpty()) {
            session.out().note("There are none.");
            return Exit.NO_REPLY;
        }
        return session.each(
                all,
                id -> session.show(
                        command.apply(id).patience(REPLY),
                        reply -> session.out().line(id + " " + done)));
    }

    /** All are meant. */
    void chooseEvery() {
        every = true;
    }

    /** The ids of all that live. */
    private static List<String> all(Session session) {
        return session.server().pages(Call.get("/workers"), Integer.MAX_VALUE).items().stream()
                .map(worker -> worker.path("id"))
                .map(JsonNode::asText)
                .toList();
    }
}
