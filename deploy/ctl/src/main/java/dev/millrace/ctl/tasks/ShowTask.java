package dev.millrace.ctl.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a task with the schemas of its payload and its result.")
public final class ShowTask implements Verb {

    @Parameters(paramLabel = "TASK", description = "Its name.")
    String name = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/tasks/{}", name), task -> session.out().text(text(task)));
    }

    private static String text(JsonNode task) {
        return new Details()
                .add("task", Cells.orEmpty(task.path("name")))
                .add("queue", Cells.orEmpty(task.path("queue")))
                .add("does", Cells.orEmpty(task.path("description")))
                .add("timeout", Cells.orEmpty(task.path("timeout")))
                .add("soft timeout", Cells.orEmpty(task.path("softTimeout")))
                .add("retry", Json.text(task.path("retry")))
                .add("workers", Cells.list(task.path("workers")))
                .add("payload", Json.pretty(task.path("payloadSchema")))
                .add("result", Json.pretty(task.path("resultSchema")))
                .text();
    }
}
