package dev.millrace.ctl.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rollback", description = "Put an earlier version of a definition again, as its next version.")
public final class RollBack implements Verb {

    private static final List<String> PUT =
            List.of("description", "inputSchema", "root", "output", "on", "timeout", "priority", "tags");

    @Parameters(index = "0", paramLabel = "DEFINITION", description = "Its name.")
    String name = "";

    @Parameters(index = "1", paramLabel = "N", description = "The number of the version.")
    int version;

    @Override
    public Exit run(Session session) {
        JsonNode earlier = session.server()
                .send(Call.get("/workflow-definitions/{}", name).query("version", version))
                .json();
        ObjectNode body = Json.object();
        PUT.stream().filter(earlier::has).forEach(field -> body.set(field, earlier.get(field)));
        return session.show(
                Call.put("/workflow-definitions/{}", name).json(body),
                definition -> DefinitionTable.tell(definition, session));
    }
}
