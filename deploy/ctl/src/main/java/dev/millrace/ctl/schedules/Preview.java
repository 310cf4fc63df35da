package dev.millrace.ctl.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "preview", description = "Show when a schedule fires next, or when a cron expression would.")
public final class Preview implements Verb {

    @Parameters(arity = "0..1", paramLabel = "SCHEDULE", description = "The id of one that is there.")
    Optional<String> id = Optional.empty();

    @Option(names = "--cron", paramLabel = "EXPRESSION", description = "Of none that is there: '30 2 * * *'.")
    Optional<String> cron = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of --cron, such as Europe/Berlin (UTC).")
    Optional<String> zone = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "How many times to show (${DEFAULT-VALUE}).")
    int count = 10;

    @Option(names = "--from", paramLabel = "TIME", description = "From when on: 2026-03-28T00:00:00Z (now).")
    Optional<Instant> from = Optional.empty();

    @Override
    public Exit run(Session session) {
        Call call = call().query("count", count).query("from", from.orElse(null));
        return session.show(call, preview -> show(preview, session));
    }

    private Call call() {
        if (id.isPresent() == cron.isPresent()) {
            throw new Unusable("Name a schedule, or give --cron.");
        }
        return id.map(name -> Call.get("/schedules/{}/preview", name))
                .orElseGet(() -> Call.post("/schedules/preview").json(plan()));
    }

    private ObjectNode plan() {
        ObjectNode plan = Json.object();
        ObjectNode trigger = plan.putObject("trigger").putObject("cron").put("expression", cron.orElse(""));
        zone.ifPresent(name -> trigger.put("timezone", name));
        return plan;
    }

    private static void show(JsonNode preview, Session session) {
        session.out().line(preview.path("description").asText());
        Table table = new Table(Column.whole("AT"), Column.whole("LOCAL"), Column.text("NOTE"));
        preview.path("occurrences")
                .forEach(one -> table.row(
                        Cells.text(one.path("at")), Cells.text(one.path("local")), Cells.orEmpty(one.path("note"))));
        session.show(table);
    }
}
