package dev.millrace.proving.chaos.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Cancel;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A history as lines of JSON, which {@link dev.millrace.proving.checker} reads. Together with the journal, whose kinds are
 * {@code start} and {@code stop}, they are all that was seen. Workers are process ids.
 */
public final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "default";

    private JsonLines() {}

    /** Writes them; {@code now} is when the rows and what was left were looked at. */
    public static void write(History history, long now, Path file) {
        List<String> lines = new ArrayList<>();
        history.accepted().forEach((number, accepted) -> lines.add(submit(number, accepted)));
        history.givenUp().forEach(number -> lines.add(unanswered(number, now)));
        history.cancels().forEach(cancel -> lines.add(cancel(cancel)));
        lines.addAll(ofJobsThatThereAre(history));
        history.faults().stream().flatMap(fault -> fault(fault).stream()).forEach(lines::add);
        history.rows().forEach(row -> lines.add(row(row, now)));
        history.fires().forEach(fire -> lines.add(fire(fire, now)));
        history.leftovers().forEach(left -> lines.add(left(left, now)));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String submit(long number, Submits.Accepted accepted) {
        ObjectNode line = line("submit", accepted.at());
        line.put("done", accepted.done()).put("outcome", "ok").put("tenant", TENANT);
        return line.put("key", key(number)).put("job", accepted.job()).toString();
    }

    private static String unanswered(long number, long now) {
        ObjectNode line = line("submit", now);
        line.put("done", now).put("outcome", "unknown").put("tenant", TENANT);
        return line.put("key", key(number)).toString();
    }

    /** A number stands for one job, whatever key its calls bore. */
    private static String key(long number) {
        return "number " + number;
    }

    private static String cancel(Cancel cancel) {
        ObjectNode line = line("cancel", cancel.at());
        line.put("done", cancel.done()).put("job", cancel.job());
        switch (cancel.status()) {
            case 200 -> line.put("outcome", "ok").put("answer", "CANCELLED");
            case 202 -> line.put("outcome", "ok").put("answer", "FLAGGED");
            case 409 -> line.put("outcome", "fail");
            default -> line.put("outcome", "unknown");
        }
        return line.toString();
    }

    /** A scenario writes events of others on purpose, in the place of somebody who should not. */
    private static List<String> ofJobsThatThereAre(History history) {
        Set<String> jobs = history.rows().stream().map(Row::job).collect(Collectors.toSet());
        return history.events().stream()
                .filter(event -> jobs.contains(event.job()))
                .map(Event::line)
                .toList();
    }

    /** An event of a job, as a line of JSON. */
    public record Event(String job, String line) {}

    /** An entry of the events stream; empty if it is no event of a job. */
    static Optional<Event> event(String entry, Map<String, String> fields) {
        if (!fields.keySet().containsAll(List.of("job", "type", "epoch", "run", "delivery", "attempt", "at"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Event(fields.getOrDefault("job", ""), readable(entry, fields)));
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
            case CUT, REDIS_LOST, REDIS_SET_BACK, POSTGRES_DOWN, API_KILL, SCHEDULER_KILL, MALFORMED, OTHER -> false;
        };
    }

    private static String row(Row row, long now) {
        ObjectNode line = line("row", now);
        line.put("job", row.job()).put("tenant", TENANT).put("state", row.state());
        if (row.number() >= 0) {
            line.put("key", key(row.number()));
        }
        return line.put("attempt", row.attempt()).put("run", row.run()).toString();
    }

    private static String fire(Fire fire, long now) {
        ObjectNode line = line("fire", now).put("schedule", fire.schedule()).put("tick", fire.tick());
        return line.put("job", fire.job()).toString();
    }

    private static String left(String what, long now) {
        return line("left", now).put("what", what).put("count", 1).toString();
    }

    private static ObjectNode line(String kind, long at) {
        return JSON.createObjectNode().put("kind", kind).put("at", at);
    }
}
