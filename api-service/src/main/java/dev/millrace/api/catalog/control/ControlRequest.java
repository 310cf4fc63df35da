package dev.millrace.api.catalog.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.http.json.Bodies;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.PoolChange;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.job.QueueName;
import dev.millrace.json.JsonFields;
import dev.millrace.names.Labelled;
import dev.millrace.names.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of several workers.
 *
 * @param workers their ids or names; empty for all that live
 */
record ControlRequest(ControlAction action, List<String> workers) {

    private static final int MOST_NAMED = 1_000;
    private static final String COMMANDS = "one of ping, drain, resume, shutdown, pool, serve, leave";

    /** The change of a pool that a body asks for. */
    static Pool pool(byte[] body) {
        JsonFields fields = fields(body, Set.of("op", "n", "queue"));
        Optional<Pool> pool = pool(fields);
        Bodies.requireRight(fields);
        return pool.orElseThrow();
    }

    /** What a body asks of several workers. */
    static ControlRequest of(byte[] body) {
        JsonFields fields = fields(body, Set.of("command", "workers", "every", "op", "n", "queue"));
        List<String> workers =
                fields.read("workers", "a list of 1 to 1,000 ids or names of workers", ControlRequest::names);
        boolean every = Boolean.TRUE.equals(fields.read("every", "true", ControlRequest::isTrue));
        if (every == (workers != null)) {
            fields.wrong("workers", "Name 'workers', or say 'every': true, and not both.");
        }
        String command = fields.text("command", COMMANDS, text -> text);
        Optional<ControlAction> action =
                command == null ? missing(fields, "command", COMMANDS) : action(command, fields);
        Bodies.requireRight(fields);
        return new ControlRequest(action.orElseThrow(), workers == null ? List.of() : workers);
    }

    private static Optional<ControlAction> action(String command, JsonFields fields) {
        return switch (command) {
            case "ping" -> plain(new Ping(), fields);
            case "drain" -> plain(new Drain(), fields);
            case "resume" -> plain(new Resume(), fields);
            case "shutdown" -> plain(new Shutdown(), fields);
            case "pool" -> pool(fields).map(ControlAction.class::cast);
            case "serve" -> queue(fields, true).map(Serve::new);
            case "leave" -> queue(fields, true).map(Leave::new);
            default -> {
                fields.wrong("command", "'command' is to be " + COMMANDS + ".");
                yield Optional.empty();
            }
        };
    }

    /** One that has nothing more to say. */
    private static Optional<ControlAction> plain(ControlAction action, JsonFields fields) {
        refuse(fields, "queue");
        refuse(fields, "op");
        refuse(fields, "n");
        return Optional.of(action);
    }

    private static Optional<Pool> pool(JsonFields fields) {
        String one = "one of grow, shrink, set";
        String slots = "a whole number from 1 to 1,000";
        PoolChange change = fields.text("op", one, text -> Labelled.of(PoolChange.values(), "op", text));
        Integer number = fields.read("n", slots, ControlRequest::slots);
        if (!fields.has("op")) {
            missing(fields, "op", one);
        }
        if (!fields.has("n")) {
            missing(fields, "n", slots);
        }
        Optional<QueueName> queue = queue(fields, false);
        return change == null || number == null ? Optional.empty() : Optional.of(new Pool(change, number, queue));
    }

    private static Optional<QueueName> queue(JsonFields fields, boolean needed) {
        if (needed && !fields.has("queue")) {
            missing(fields, "queue", "the name of a queue");
        }
        if (needed) {
            refuse(fields, "op");
            refuse(fields, "n");
        }
        return Optional.ofNullable(fields.text("queue", "the name of a queue", QueueName::new));
    }

    private static void refuse(JsonFields fields, String name) {
        if (fields.has(name)) {
            fields.wrong(name, "'" + name + "' says nothing of this command.");
        }
    }

    private static <T> Optional<T> missing(JsonFields fields, String name, String what) {
        fields.wrong(name, "'" + name + "' is missing; it is to be " + what + ".");
        return Optional.empty();
    }

    private static Integer slots(JsonNode value) {
        JsonFields.require(value.isIntegralNumber() && value.canConvertToInt());
        JsonFields.require(value.intValue() >= 1 && value.intValue() <= ControlAction.MOST_SLOTS);
        return value.intValue();
    }

    private static Boolean isTrue(JsonNode value) {
        JsonFields.require(value.isBoolean() && value.booleanValue());
        return true;
    }

    private static List<String> names(JsonNode value) {
        JsonFields.require(value.isArray() && !value.isEmpty() && value.size() <= MOST_NAMED);
        List<String> names = new ArrayList<>();
        value.forEach(one -> {
            JsonFields.require(one.isTextual() && Names.isName(one.textValue()));
            names.add(one.textValue());
        });
        return names;
    }

    private static JsonFields fields(byte @Nullable [] body, Set<String> known) {
        return Bodies.fields(
                StrictJson.read(Bodies.atMost(1, Objects.requireNonNullElse(body, new byte[0]))), "A command", known);
    }
}
