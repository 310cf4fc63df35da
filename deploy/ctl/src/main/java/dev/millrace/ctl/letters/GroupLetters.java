package dev.millrace.ctl.letters;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "groups", description = "List what failed alike, with how often, the latest first.")
public final class GroupLetters implements Verb {

    @Option(names = "--task", paramLabel = "TASK", description = "Of this task.")
    Optional<String> task = Optional.empty();

    @Option(names = "--error", paramLabel = "TYPE", description = "Whose error is of this type.")
    Optional<String> error = Optional.empty();

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("GROUP"),
                Column.number("LETTERS"),
                Column.number("FIRST"),
                Column.number("LAST"),
                Column.text("TASK"),
                Column.text("ERROR"),
                Column.text("IN"),
                Column.text("MESSAGE"));
        Call call = Call.get("/dead-letters/groups")
                .query("task", task.orElse(null))
                .query("errorType", error.orElse(null));
        return session.list(call, most, table, group -> new String[] {
            Cells.text(group.path("fingerprint")),
            Cells.text(group.path("count")),
            cells.age(group.path("firstSeenAt")),
            cells.age(group.path("lastSeenAt")),
            Cells.text(group.path("task")),
            Cells.text(group.path("errorType")),
            Cells.text(group.path("frame")),
            Cells.text(group.path("message"))
        });
    }
}
