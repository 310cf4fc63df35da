package dev.millrace.stream.entries;

import dev.millrace.fleet.ControlAction;
import dev.millrace.fleet.ControlAction.Drain;
import dev.millrace.fleet.ControlAction.Leave;
import dev.millrace.fleet.ControlAction.Ping;
import dev.millrace.fleet.ControlAction.Pool;
import dev.millrace.fleet.ControlAction.PoolChange;
import dev.millrace.fleet.ControlAction.Resume;
import dev.millrace.fleet.ControlAction.Serve;
import dev.millrace.fleet.ControlAction.Shutdown;
import dev.millrace.fleet.ControlCommand;
import dev.millrace.fleet.ControlReply;
import dev.millrace.fleet.ControlReply.Outcome;
import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.job.EntryId;
import dev.millrace.job.QueueName;
import dev.millrace.names.Labelled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Commands to processes and their replies as entries: flat fields that a person can read.
 *
 * <pre>
 * kind ping | drain | resume | shutdown         to withinMillis      to: "host-7f9c host-81ab"
 * kind pool                                     to withinMillis op n [queue]
 * kind serve | leave                            to withinMillis queue
 *
 * command from outcome detail [what a beat of {@link FleetCodec} says]
 * </pre>
 *
 * Unknown fields are passed over. A command of a kind that a reader does not know is refused by it, and gets no reply.
 */
public final class ControlCodec {

    private ControlCodec() {}

    /** A command's fields in the order in which they are written. */
    public static Map<String, String> encode(ControlCommand command) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", kind(command.action()));
        fields.put("to", String.join(" ", new TreeSet<>(command.to())));
        fields.put("withinMillis", Long.toString(command.within().toMillis()));
        switch (command.action()) {
            case Pool pool -> write(pool, fields);
            case Serve serve -> fields.put("queue", serve.queue().value());
            case Leave leave -> fields.put("queue", leave.queue().value());
            case Ping ping -> {}
            case Drain drain -> {}
            case Resume resume -> {}
            case Shutdown shutdown -> {}
        }
        return fields;
    }

    /** What people call an action: in streams, paths and answers. */
    public static String kind(ControlAction action) {
        return switch (action) {
            case Ping ping -> "ping";
            case Drain drain -> "drain";
            case Resume resume -> "resume";
            case Shutdown shutdown -> "shutdown";
            case Pool pool -> "pool";
            case Serve serve -> "serve";
            case Leave leave -> "leave";
        };
    }

    private static void write(Pool pool, Map<String, String> fields) {
        fields.put("op", pool.change().label());
        fields.put("n", Integer.toString(pool.number()));
        pool.queue().ifPresent(queue -> fields.put("queue", queue.value()));
    }

    /** Reads what {@link #encode(ControlCommand)} wrote. Never throws. */
    public static Reading<ControlCommand> command(Map<String, String> fields) {
        return EntryFields.understand(
                fields,
                entry -> new ControlCommand(
                        Set.of(entry.text("to").split(" ", -1)),
                        action(entry),
                        Duration.ofMillis(entry.number("withinMillis"))));
    }

    private static ControlAction action(EntryFields fields) {
        return switch (fields.text("kind")) {
            case "ping" -> new Ping();
            case "drain" -> new Drain();
            case "resume" -> new Resume();
            case "shutdown" -> new Shutdown();
            case "pool" -> pool(fields);
            case "serve" -> new Serve(fields.read("queue", QueueName::new));
            case "leave" -> new Leave(fields.read("queue", QueueName::new));
            default ->
                throw new IllegalArgumentException(
                        "Unknown kind of command (known: ping, drain, resume, shutdown, pool, serve, leave).");
        };
    }

    private static Pool pool(EntryFields fields) {
        return new Pool(
                fields.read("op", text -> Labelled.of(PoolChange.values(), "op", text)),
                fields.read("n", Integer::parseInt),
                fields.optional("queue").map(QueueName::new));
    }

    /** A reply's fields in the order in which they are written. */
    public static Map<String, String> encode(ControlReply reply) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("command", reply.command().toString());
        fields.put("from", reply.from());
        fields.put("outcome", reply.outcome().label());
        fields.put("detail", reply.detail());
        reply.state().ifPresent(state -> fields.putAll(FleetCodec.encode(state)));
        return fields;
    }

    /** Reads what {@link #encode(ControlReply)} wrote. Never throws. */
    public static Reading<ControlReply> reply(Map<String, String> fields) {
        return EntryFields.understand(
                fields,
                entry -> new ControlReply(
                        entry.read("command", EntryId::parse),
                        entry.text("from"),
                        entry.read("outcome", text -> Labelled.of(Outcome.values(), "outcome", text)),
                        entry.text("detail"),
                        state(fields)));
    }

    private static Optional<Beat> state(Map<String, String> fields) {
        return FleetCodec.decode(fields) instanceof Reading.Understood<WorkerEvent>(Beat beat)
                ? Optional.of(beat)
                : Optional.empty();
    }
}
