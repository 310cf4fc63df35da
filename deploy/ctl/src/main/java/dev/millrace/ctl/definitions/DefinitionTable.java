package dev.millrace.ctl.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import dev.millrace.ctl.terminal.Column;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Session;

/** Definitions as text for people. */
final class DefinitionTable {

    private DefinitionTable() {}

    static Table empty() {
        return new Table(
                Column.whole("DEFINITION"),
                Column.number("VERSION"),
                Column.text("CURRENT"),
                Column.text("FROM"),
                Column.number("AGE"),
                Column.text("DESCRIPTION"));
    }

    static String[] row(JsonNode definition, Cells cells) {
        return new String[] {
            Cells.text(definition.path("name")),
            Cells.text(definition.path("version")),
            Cells.text(definition.path("current")),
            Cells.text(definition.path("source")),
            cells.age(definition.path("createdAt")),
            Cells.text(definition.path("description"))
        };
    }

    /** Says which version a definition has. */
    static void tell(JsonNode definition, Session session) {
        session.out()
                .line(definition.path("name").asText() + " is at version "
                        + definition.path("version").asText());
    }

    /** The document, which could be put again. */
    static void show(JsonNode definition, Session session) {
        session.out().text(Json.pretty(definition) + "\n");
    }
}
