package dev.millrace.ctl.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Json;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Why something is done. */
public final class Reason {

    @Option(names = "--reason", paramLabel = "TEXT", description = "For others to read, where it is shown.")
    Optional<String> reason = Optional.empty();

    /** A body that says it, if it was given. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        reason.ifPresent(text -> body.put("reason", text));
        return body;
    }
}
