package dev.millrace.ctl.letters;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Most;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Typed;
import dev.millrace.ctl.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List dead letters that nobody has requeued or resolved, the latest first.")
public final class ListLetters implements Verb {

    @Mixin
    LetterFilter filter = new LetterFilter();

    @Option(names = "--job", paramLabel = "JOB", description = "That this job left.")
    Optional<String> job = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "WHEN",
            description = "Of jobs that ended after this time; 2h is two hours ago.")
    Optional<Typed.Ago> after = Optional.empty();

    @Option(names = "--before", paramLabel = "WHEN", description = "Of jobs that ended before this time.")
    Optional<Typed.Ago> before = Optional.empty();

    @Option(names = "--closed", description = "Those that were requeued or resolved instead.")
    boolean closed;

    @Mixin
    Most most = new Most();

    @Override
    public Exit run(Session session) {
        Cells cells = session.cells();
        Table table = new Table(
                Column.whole("LETTER"),
                Column.text("TASK"),
                Column.text("QUEUE"),
                Column.number("TRIES"),
                Column.number("AGE"),
                Column.text("ERROR"),
                Column.text("MESSAGE"));
        Call call = filter.on(Call.get("/dead-letters"))
                .query("jobId", job.orElse(null))
                .query("failedAfter", after.map(Typed.Ago::at).orElse(null))
                .query("failedBefore", before.map(Typed.Ago::at).orElse(null))
                .query("resolved", closed ? "true" : null);
        return session.list(call, most, table, letter -> new String[] {
            Cells.text(letter.path("id")),
            Cells.text(letter.path("task")),
            Cells.text(letter.path("queue")),
            Cells.text(letter.path("attempts")),
            cells.age(letter.path("failedAt")),
            Cells.text(letter.path("error").path("type")),
            Cells.text(letter.path("error").path("message"))
        });
    }
}
