package dev.millrace.ctl.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Pages;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "scheduled",
        description = "List the jobs that wait for a time: delayed ones, and those that are tried again.")
public final class Scheduled implements Verb {

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("JOB"),
                Column.whole("STATE"),
                Column.number("DUE IN"),
                Column.text("TASK"),
                Column.text("QUEUE"),
                Column.number("ATTEMPT"));
        for (String state : List.of("SCHEDULED", "RETRYING")) {
            Pages pages = session.server().pages(Call.get("/jobs").query("state", state), most.count());
            if (session.out().json()) {
                pages.answers().forEach(page -> session.out().body(page.body()));
            }
            pages.items().forEach(job -> table.row(row(job, cells)));
        }
        if (!session.out().json()) {
            session.show(table);
        }
        return Exit.DONE;
    }

    private static String[] row(JsonNode job, Cells cells) {
        JsonNode due = job.path("nextAttemptAt").isTextual() ? job.path("nextAttemptAt") : job.path("scheduledFor");
        return new String[] {
            Cells.text(job.path("id")),
            Cells.text(job.path("state")),
            cells.in(due),
            Cells.text(job.path("task")),
            Cells.text(job.path("queue")),
            Cells.text(job.path("attempt")) + "/" + Cells.text(job.path("maxAttempts"))
        };
    }
}
