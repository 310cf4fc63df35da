package dev.millrace.ctl.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the next run of a job has otherwise. */
public final class Rerun {

    @Option(names = "--payload", paramLabel = "JSON", description = "Another payload; @FILE and - as with 'submit'.")
    Optional<String> payload = Optional.empty();

    @Option(names = "--to", paramLabel = "QUEUE", description = "Another queue.")
    Optional<String> queue = Optional.empty();

    /** Whether anything is to be otherwise. */
    public boolean isEmpty() {
        return payload.isEmpty() && queue.isEmpty();
    }

    /** The body that says so. */
    public String body(Session session) {
        ObjectNode body = Json.object();
        payload.map(text -> Inputs.read(text, session)).ifPresent(text -> Json.setRaw(body, "payload", checked(text)));
        queue.ifPresent(name -> body.put("queue", name));
        return Json.text(body);
    }

    private static String checked(String text) {
        if (Json.read(text).isEmpty()) {
            throw new Unusable("The payload is not JSON.");
        }
        return text;
    }
}
