package dev.millrace.ctl.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List schedules in the order of their ids.")
public final class ListSchedules implements Verb {

    @Option(names = "--paused", description = "Only those that are paused.")
    boolean paused;

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("SCHEDULE"),
                Column.text("MAKES"),
                Column.text("PLAN"),
                Column.number("NEXT IN"),
                Column.number("LAST"),
                Column.text("OUTCOME"));
        Call call = Call.get("/schedules").query("paused", paused ? "true" : null);
        return session.list(call, most, table, schedule -> new String[] {
            Cells.text(schedule.path("id")),
            makes(schedule),
            Cells.text(schedule.path("description")),
            next(schedule, cells),
            cells.age(schedule.path("lastFireAt")),
            Cells.text(schedule.path("lastOutcome"))
        });
    }

    /** The task of its jobs, or what its workflows are called. */
    private static String makes(JsonNode schedule) {
        JsonNode workflow = schedule.path("workflow");
        if (!workflow.isObject()) {
            return Cells.text(schedule.path("job").path("task"));
        }
        String name = Cells.orEmpty(workflow.path("definition"));
        return name.isEmpty() ? "a workflow" : "workflow " + name;
    }

    private static String next(JsonNode schedule, Cells cells) {
        return schedule.path("paused").asBoolean() ? "paused" : cells.in(schedule.path("nextFireAt"));
    }
}
