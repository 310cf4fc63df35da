package dev.millrace.ctl.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.jobs.JobDetails;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a dead letter with its payload and its error.")
public final class ShowLetter implements Verb {

    @Parameters(paramLabel = "LETTER", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(
                Call.get("/dead-letters/{}", id), letter -> session.out().text(text(letter, session.cells())));
    }

    private static String text(JsonNode letter, Cells cells) {
        return new Details()
                .add("letter", Cells.orEmpty(letter.path("id")))
                .add("job", Cells.orEmpty(letter.path("jobId")))
                .add("task", Cells.orEmpty(letter.path("task")))
                .add("queue", Cells.orEmpty(letter.path("queue")))
                .add("tenant", Cells.orEmpty(letter.path("tenant")))
                .add("attempts", Cells.orEmpty(letter.path("attempts")))
                .add("failed", cells.moment(letter.path("failedAt")))
                .add("requeued", cells.moment(letter.path("requeuedAt")))
                .add("resolved", cells.moment(letter.path("resolvedAt")))
                .add("payload", Json.pretty(letter.path("payload")))
                .add("error", JobDetails.failure(letter.path("error")))
                .text();
    }
}
