package dev.millrace.proving.checker.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Event;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Fire;
import dev.millrace.proving.checker.history.Line.Lapse;
import dev.millrace.proving.checker.history.Line.Left;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Place;
import dev.millrace.proving.checker.history.Line.Requeue;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Start;
import dev.millrace.proving.checker.history.Line.Stop;
import dev.millrace.proving.checker.history.Line.Submit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A history in files of JSON lines. The last line of a file may be cut off, since its writer may have been killed; any
 * other that cannot be read is an error that names file and line.
 */
public final class JsonHistory implements History {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Path> files;

    public JsonHistory(List<Path> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public void forEach(Consumer<Line> reader) {
        files.forEach(file -> read(file, reader));
    }

    private static void read(Path file, Consumer<Line> reader) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 1;
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                read(file, number++, line, next == null, reader);
                line = next;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void read(Path file, long number, String text, boolean last, Consumer<Line> reader) {
        if (text.isBlank()) {
            return;
        }
        Line line;
        try {
            line = line(JSON.readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            if (last) {
                return;
            }
            throw new IllegalArgumentException(
                    "Line %d of %s is none of a history: %s".formatted(number, file, broken.getMessage()), broken);
        }
        reader.accept(line);
    }

    /** What one line says; it has at least the fields that its kind must have. */
    static Line line(JsonNode node) {
        long at = number(node, "at");
        return switch (text(node, "kind")) {
            case "submit" -> submit(node, at);
            case "cancel" ->
                new Cancel(at, number(node, "done"), outcome(node), text(node, "job"), optional(node, "answer"));
            case "requeue" -> new Requeue(at, number(node, "done"), outcome(node), text(node, "job"));
            case "start" ->
                new Start(at, text(node, "job"), token(node), (int) number(node, "attempt"), text(node, "worker"));
            case "stop" -> new Stop(at, text(node, "job"), token(node), text(node, "worker"));
            case "event" -> event(node, at);
            case "fault" -> fault(node, at);
            case "row" -> row(node, at);
            case "place" ->
                new Place(number(node, "scan"), at, text(node, "job"), text(node, "key"), optional(node, "entry"));
            case "fire" -> new Fire(at, text(node, "schedule"), number(node, "tick"), optional(node, "job"));
            case "lapse" -> lapse(node, at);
            case "left" -> new Left(at, text(node, "what"), number(node, "count"));
            default -> throw new IllegalArgumentException("nothing is of kind '" + text(node, "kind") + "'");
        };
    }

    private static Line submit(JsonNode node, long at) {
        Long attempts = optionalNumber(node, "attempts");
        return new Submit(
                at,
                number(node, "done"),
                outcome(node),
                text(node, "tenant"),
                optional(node, "key"),
                optional(node, "job"),
                attempts == null ? null : attempts.intValue(),
                optionalNumber(node, "due"),
                optionalNumber(node, "expires"));
    }

    private static Line event(JsonNode node, long at) {
        return new Event(
                text(node, "entry"),
                at,
                text(node, "type"),
                text(node, "job"),
                token(node),
                (int) number(node, "attempt"),
                optional(node, "worker"),
                optionalNumber(node, "due"),
                optional(node, "why"),
                optional(node, "error"));
    }

    private static Line fault(JsonNode node, long at) {
        Fault.Type type = Fault.Type.valueOf(word(text(node, "type")));
        return new Fault(at, optionalNumber(node, "until"), type, optional(node, "target"), optional(node, "job"));
    }

    private static Line lapse(JsonNode node, long at) {
        return new Lapse(
                at,
                text(node, "worker"),
                number(node, "gone"),
                node.path("ofThisLife").asBoolean(),
                text(node, "by"),
                number(node, "steady"));
    }

    private static Line row(JsonNode node, long at) {
        JsonNode last = node.get("last");
        return new Row(
                at,
                text(node, "job"),
                text(node, "tenant"),
                text(node, "state"),
                (int) number(node, "attempt"),
                number(node, "run"),
                optional(node, "key"),
                last == null || last.asBoolean());
    }

    private static Stamp token(JsonNode node) {
        return Stamp.parse(text(node, "token"));
    }

    private static Outcome outcome(JsonNode node) {
        return Outcome.valueOf(word(text(node, "outcome")));
    }

    /** As the names of enums are written in files: in lower case, with a dash between words. */
    private static String word(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("its '" + name + "' is no text");
        }
        return value.asText();
    }

    private static long number(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("its '" + name + "' is no whole number");
        }
        return value.asLong();
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? text(node, name) : null;
    }

    private static @Nullable Long optionalNumber(JsonNode node, String name) {
        return node.hasNonNull(name) ? (Long) number(node, name) : null;
    }
}
