package dev.millrace.ctl.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.IfVersion;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Settings;
import dev.millrace.ctl.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Change what holds for a queue, until it is changed again.")
public final class SetQueue implements Verb {

    private static final String DEFAULT = "default";

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    String name = "";

    @Option(
            names = "--priority",
            paramLabel = "1-10",
            description = "The priority of jobs that name none; 'default' sets it back.")
    Optional<String> priority = Optional.empty();

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "How many of its jobs each worker runs at once that has no number of its own for it; 'default'"
                            + " sets it back.")
    Optional<String> slots = Optional.empty();

    @Mixin
    IfVersion insists = new IfVersion();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object();
        priority.ifPresent(value -> Settings.put(body, "priority", value, DEFAULT));
        slots.ifPresent(value -> Settings.put(body, "slots", value, DEFAULT));
        if (body.isEmpty()) {
            throw new Unusable("Nothing is to be set: give --priority, --slots or both.");
        }
        return session.show(
                insists.on(Call.patch("/queues/{}", name)).json(body),
                queue -> session.out().text(ShowQueue.text(queue)));
    }
}
