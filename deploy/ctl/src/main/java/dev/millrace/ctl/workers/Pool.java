package dev.millrace.ctl.workers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "pool", description = "Change how many jobs workers run at once.")
public final class Pool implements Verb {

    /** What is done to the number of slots. */
    enum Operation {
        GROW,
        SHRINK,
        SET
    }

    @Parameters(index = "0", paramLabel = "HOW", description = "One of ${COMPLETION-CANDIDATES}.")
    Operation operation = Operation.SET;

    @Parameters(index = "1", paramLabel = "N", description = "By how many slots, or to how many.")
    int number;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "WORKER",
            description = "Their ids, or names that they alone have.")
    List<String> named = List.of();

    @Mixin
    Chosen workers = new Chosen();

    @Override
    public Exit run(Session session) {
        ObjectNode body = Json.object()
                .put("op", operation.name().toLowerCase(Locale.ROOT))
                .put("n", number);
        return workers.tell(
                session, named, id -> Call.post("/workers/{}/pool", id).json(body), "has other slots");
    }
}
