package dev.millrace.ctl.queues;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a queue.")
public final class ShowQueue implements Verb {

    @Parameters(paramLabel = "QUEUE", description = "Its name.")
    String name = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/queues/{}", name), queue -> session.out().text(text(queue)));
    }

    /** All fields that it has. */
    static String text(JsonNode queue) {
        Details details = new Details();
        queue.fieldNames().forEachRemaining(field -> details.add(field, Cells.orEmpty(queue.path(field))));
        return details.text();
    }
}
