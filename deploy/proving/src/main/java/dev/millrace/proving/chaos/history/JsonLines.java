package dev.millrace.proving.chaos.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Submits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A history as lines of JSON, for whoever looks closer: of kind {@code submit}, {@code event}, {@code fault}, {@code row} and
 * {@code left}. Together with the journal, whose kinds are {@code start} and {@code stop}, they are all that was seen. Times are
 * milliseconds since 1970, tokens are {@code epoch.run.delivery}, workers are process ids.
 */
public final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "default";

    private JsonLines() {}

    /** Writes them; {@code now} is when the rows and what was left were looked at. */
    public static void write(History history, long now, Path file) {
        List<String> lines = new ArrayList<>();
        history.accepted().forEach((number, accepted) -> lines.add(submit(accepted)));
        lines.addAll(history.events());
        history.faults().stream().flatMap(fault -> fault(fault).stream()).forEach(lines::add);
        history.rows().forEach(row -> lines.add(row(row, now)));
        history.leftovers().forEach(left -> lines.add(left(left, now)));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String submit(Submits.Accepted accepted) {
        ObjectNode line = line("submit", accepted.at());
        line.put("done", accepted.done()).put("outcome", "ok").put("tenant", TENANT);
        return line.put("job", accepted.job()).toString();
    }

    /** An entry of the events stream; empty if it is no event of a job. */
    static Optional<String> event(String entry, Map<String, String> fields) {
        if (!fields.keySet().containsAll(List.of("job", "type", "epoch", "run", "delivery", "attempt", "at"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(readable(entry, fields));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static String readable(String entry, Map<String, String> fields) {
        ObjectNode line = line("event", Long.parseLong(fields.getOrDefault("at", "")));
        line.put("entry", entry).put("type", fields.get("type")).put("job", fields.get("job"));
        line.put("token", fields.get("epoch") + "." + fields.get("run") + "." + fields.get("delivery"));
        line.put("attempt", Integer.parseInt(fields.getOrDefault("attempt", "")));
        Optional.ofNullable(fields.get("due")).ifPresent(due -> line.put("due", Long.parseLong(due)));
        Optional.ofNullable(fields.get("why")).ifPresent(why -> line.put("why", why));
        Optional.ofNullable(fields.get("errorType")).ifPresent(error -> line.put("error", error));
        return line.toString();
    }

    private static Optional<String> fault(Fault fault) {
        if (fault.kind() == Fault.Kind.OTHER) {
            return Optional.empty();
        }
        ObjectNode line = line("fault", fault.at());
        line.put("until", fault.until());
        line.put("type", fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (ofOneWorker(fault.kind())) {
            line.put("target", Long.toString(fault.pid()));
        }
        return Optional.of(line.toString());
    }

    private static boolean ofOneWorker(Fault.Kind kind) {
        return switch (kind) {
            case KILL, DIED, TERM, PAUSE -> true;
            case CUT, REDIS_LOST, POSTGRES_DOWN, API_KILL, SCHEDULER_KILL, MALFORMED, OTHER -> false;
        };
    }

    private static String row(Row row, long now) {
        ObjectNode line = line("row", now);
        line.put("job", row.job()).put("tenant", TENANT).put("state", row.state());
        return line.put("attempt", row.attempt()).put("run", row.run()).toString();
    }

    private static String left(String what, long now) {
        return line("left", now).put("what", what).put("count", 1).toString();
    }

    private static ObjectNode line(String kind, long at) {
        return JSON.createObjectNode().put("kind", kind).put("at", at);
    }
}
