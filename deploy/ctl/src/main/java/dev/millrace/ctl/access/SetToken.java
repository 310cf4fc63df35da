package dev.millrace.ctl.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.IfVersion;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Settings;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Change how fast a token may call, within 5 s and everywhere.")
public final class SetToken implements Verb {

    @Parameters(paramLabel = "TOKEN", description = "Its id: the second part, not the secret.")
    String id = "";

    @Option(
            names = "--requests-per-second",
            required = true,
            paramLabel = "N",
            description = "How many requests an instance of the server takes from it; 'default' sets it back.")
    String requestsPerSecond = "";

    @Mixin
    IfVersion insists = new IfVersion();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object();
        Settings.put(body, "requestsPerSecond", requestsPerSecond, "default");
        return session.show(
                insists.on(Call.patch("/tokens/{}", id)).json(body),
                token -> session.out().line(id + " may send " + rate(token.path("requestsPerSecond"))));
    }

    private static String rate(JsonNode perSecond) {
        return perSecond.isNumber() ? Cells.text(perSecond) + " requests a second" : "what every token may";
    }
}
