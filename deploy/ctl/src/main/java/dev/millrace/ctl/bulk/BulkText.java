package dev.millrace.ctl.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.verb.Cells;

/** How far a bulk action has come, in a line. */
final class BulkText {

    private static final String RUNNING = "RUNNING";

    private BulkText() {}

    static String line(JsonNode action) {
        return "%s %s %s: %s of %s done, %s skipped, %s failed"
                .formatted(
                        Cells.text(action.path("id")),
                        Cells.text(action.path("action")),
                        Cells.text(action.path("state")),
                        Cells.text(action.path("done")),
                        Cells.text(action.path("matched")),
                        Cells.text(action.path("skipped")),
                        Cells.text(action.path("failed")));
    }

    static boolean isOver(JsonNode action) {
        return !action.path("state").asText().equals(RUNNING);
    }
}
