package dev.millrace.ctl.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.jobs.JobTable;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Pages;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;

@Command(
        name = "reserved",
        description = "List the jobs that workers hold and do not run yet. With --json: all that each worker has.")
public final class Reserved implements Verb {

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = JobTable.empty();
        for (JsonNode worker :
                session.server().pages(Call.get("/workers"), Integer.MAX_VALUE).items()) {
            Call held = Call.get("/workers/{}/jobs", worker.path("id").asText());
            Pages pages = session.server().pages(held, Integer.MAX_VALUE);
            if (session.out().json()) {
                pages.answers().forEach(page -> session.out().body(page.body()));
            }
            pages.items().stream()
                    .filter(job -> !job.path("state").asText().equals("RUNNING"))
                    .forEach(job -> table.row(JobTable.row(job, cells)));
        }
        if (!session.out().json()) {
            session.show(table);
        }
        return Exit.DONE;
    }
}
