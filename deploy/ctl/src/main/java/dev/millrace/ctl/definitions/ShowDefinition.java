package dev.millrace.ctl.definitions;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a definition with its graph.")
public final class ShowDefinition implements Verb {

    @Parameters(paramLabel = "DEFINITION", description = "Its name.")
    String name = "";

    @Option(names = "--version-number", paramLabel = "N", description = "Another version than the current one.")
    Optional<Integer> version = Optional.empty();

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.get("/workflow-definitions/{}", name).query("version", version.orElse(null)),
                definition -> DefinitionTable.show(definition, session));
    }
}
