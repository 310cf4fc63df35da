package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stats",
        description =
                "Show how many jobs ended, and how long they waited and ran. FAILED has those, too, that timed out or expired.")
public final class ShowStats implements Verb {

    @Option(names = "--task", paramLabel = "TASK", description = "Of this task.")
    Optional<String> task = Optional.empty();

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue.")
    Optional<String> queue = Optional.empty();

    @Option(
            names = "--over",
            paramLabel = "WINDOW",
            description =
                    "By minute of the last 1m, 15m or 1h, or by quarter of an hour of the last 24h. Points without ends are left out.")
    Optional<String> over = Optional.empty();

    @Override
    public Exit run(Session session) {
        return over.isPresent() ? series(session) : windows(session);
    }

    private Exit windows(Session session) {
        return session.show(filtered(Call.get("/stats")), stats -> {
            Table table = table(Column.whole("WINDOW"), Column.text("TASK"), Column.text("QUEUE"));
            for (JsonNode window : stats.path("windows")) {
                String label = Cells.text(window.path("window"));
                table.row(row(window.path("all"), label, "", ""));
                window.path("tasks")
                        .forEach(one -> table.row(row(
                                one.path("figures"),
                                label,
                                Cells.text(one.path("task")),
                                Cells.text(one.path("queue")))));
            }
            session.show(table);
        });
    }

    private Exit series(Session session) {
        Call call = filtered(Call.get("/stats/series")).query("window", over.orElse(null));
        return session.show(call, series -> {
            Table table = table(Column.whole("FROM"));
            series.path("items").forEach(point -> table.row(row(point.path("figures"), Cells.text(point.path("at")))));
            session.show(table);
        });
    }

    private Call filtered(Call call) {
        return call.query("task", task.orElse(null)).query("queue", queue.orElse(null));
    }

    /** Figures behind what they are of. */
    private static Table table(Column... of) {
        return new Table(Stream.concat(
                        Stream.of(of),
                        Stream.of("ENDED", "PER SECOND", "FAILED", "RETRIED", "WAIT P50", "P95", "RUN P50", "P95")
                                .map(Column::number))
                .toArray(Column[]::new));
    }

    private static String[] row(JsonNode figures, String... of) {
        long failed = Stream.of("failed", "timedOut", "expired")
                .mapToLong(name -> figures.path(name).asLong())
                .sum();
        return Stream.concat(
                        Stream.of(of),
                        Stream.of(
                                Cells.text(figures.path("ended")),
                                Cells.text(figures.path("perSecond")),
                                Long.toString(failed),
                                Cells.text(figures.path("retried")),
                                Cells.millis(figures.at("/waitMs/p50")),
                                Cells.millis(figures.at("/waitMs/p95")),
                                Cells.millis(figures.at("/runMs/p50")),
                                Cells.millis(figures.at("/runMs/p95"))))
                .toArray(String[]::new);
    }
}
