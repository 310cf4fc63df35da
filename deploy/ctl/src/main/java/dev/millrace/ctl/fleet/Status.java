package dev.millrace.ctl.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import dev.millrace.ctl.workers.WorkerTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description =
                "Show whether the api is ready, how many jobs there are, and who works. Ends with 1 if the api is not "
                        + "ready or nobody works.")
public final class Status implements Verb {

    @Override
    public Exit run(Session session) {
        Installation installation = new Installation(session.server());
        JsonNode root = installation.root().json();
        JsonNode readiness = installation.readiness();
        if (!isReady(readiness) && !session.out().json()) {
            session.out().text(head(session, root, readiness).text());
            return Exit.REFUSED;
        }
        JsonNode counts = isReady(readiness) ? installation.counts() : Json.object();
        List<JsonNode> workers = isReady(readiness) ? installation.workers() : List.of();
        if (session.out().json()) {
            session.out().body(Json.text(document(session, root, readiness, counts, workers)));
        } else {
            session.out()
                    .text(head(session, root, readiness)
                            .add("jobs", some(counts))
                            .text());
            show(workers, session);
        }
        return isReady(readiness) && !workers.isEmpty() ? Exit.DONE : Exit.REFUSED;
    }

    private static boolean isReady(JsonNode readiness) {
        return readiness.path("status").asText().equals("UP");
    }

    private static Details head(Session session, JsonNode root, JsonNode readiness) {
        return new Details()
                .add("server", session.server().url())
                .add(
                        "version",
                        root.path("name").asText() + " " + root.path("version").asText())
                .add("ready", isReady(readiness) ? "yes" : "no: " + down(readiness));
    }

    /** The checks that are not up. */
    static String down(JsonNode readiness) {
        List<String> down = new ArrayList<>();
        for (JsonNode check : readiness.path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                down.add(check.path("name").asText() + " is "
                        + check.path("status").asText());
            }
        }
        return down.isEmpty() ? "it does not say why" : String.join(", ", down);
    }

    /** Those states that jobs are in. */
    static String some(JsonNode counts) {
        List<String> some = new ArrayList<>();
        counts.fieldNames().forEachRemaining(state -> {
            if (counts.path(state).asLong() > 0) {
                some.add(counts.path(state).asText() + " " + state);
            }
        });
        return some.isEmpty() ? "none" : String.join(", ", some);
    }

    private static void show(List<JsonNode> workers, Session session) {
        if (workers.isEmpty()) {
            session.out().note("No worker is there.");
            return;
        }
        Cells cells = session.cells();
        Table table = WorkerTable.empty();
        workers.forEach(worker -> table.row(WorkerTable.row(worker, cells)));
        session.out().line("");
        session.show(table);
    }

    private static ObjectNode document(
            Session session, JsonNode root, JsonNode readiness, JsonNode counts, List<JsonNode> workers) {
        ObjectNode document = Json.object().put("url", session.server().url());
        document.set("version", root.path("version"));
        document.set("readiness", readiness);
        document.set("jobs", counts);
        Installation.set(document, "workers", workers);
        return document;
    }
}
