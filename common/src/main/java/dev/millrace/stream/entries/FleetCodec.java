package dev.millrace.stream.entries;

import dev.millrace.fleet.WorkerEvent;
import dev.millrace.fleet.WorkerEvent.Beat;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Left;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.State;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.fleet.WorkerEvent.WorkflowOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.names.Labelled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Events of workers as entries of the fleet stream: flat fields that a person can read, the first of them {@code kind}.
 *
 * <pre>
 * kind joined  worker [name] host pid version mode startedAt queues      queues: "default=16 email=4"
 * kind offered worker task queue description payloadSchema resultSchema idempotent
 *              timeout [softTimeout] maxAttempts backoff[Base Factor Max Jitter]
 * kind flow    worker name description flow
 * kind beat    worker [state] cpuPercent memoryBytes running [slots held sharing] leaked       running: "email=2"
 * kind left    worker [reason]
 * </pre>
 *
 * Unknown fields are passed over, so that a newer worker may say more. Of an older one that says less, the name is its id, its
 * state running, it has and holds as many slots and jobs as run,
 * and none of its queues shares its slots.
 */
public final class FleetCodec {

    private FleetCodec() {}

    /** The fields in the order in which they are written. */
    public static Map<String, String> encode(WorkerEvent event) {
        return switch (event) {
            case Joined joined -> fieldsOf(joined);
            case TaskOffered offered -> fieldsOf(offered);
            case WorkflowOffered flow -> fieldsOf(flow);
            case Beat beat -> fieldsOf(beat);
            case Left left -> fieldsOf(left);
        };
    }

    /** The same as a flat list, name before value, as {@code XADD} takes it. */
    public static List<String> encodeFlat(WorkerEvent event) {
        return encode(event).entrySet().stream()
                .flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
                .toList();
    }

    /** Reads what {@link #encodeFlat} wrote. Never throws. */
    public static Reading<WorkerEvent> decode(List<String> flat) {
        return EntryFields.understand(flat, FleetCodec::understand);
    }

    /** Reads what {@link #encode} wrote. Never throws. */
    public static Reading<WorkerEvent> decode(Map<String, String> fields) {
        return EntryFields.understand(fields, FleetCodec::understand);
    }

    private static WorkerEvent understand(EntryFields fields) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "joined" -> joined(fields);
            case "offered" -> offered(fields);
            case "flow" -> flow(fields);
            case "beat" -> beat(fields);
            case "left" -> left(fields);
            default ->
                throw new IllegalArgumentException("Unknown kind of event (known: joined, offered, flow, beat, left).");
        };
    }

    private static Map<String, String> fieldsOf(Joined event) {
        Map<String, String> fields = start("joined", event);
        fields.put("name", event.name());
        fields.put("host", event.host());
        fields.put("pid", Long.toString(event.pid()));
        fields.put("version", event.version());
        fields.put("mode", event.mode().name().toLowerCase(Locale.ROOT));
        fields.put("startedAt", event.startedAt().toString());
        fields.put("queues", QueueCounts.text(event.queues()));
        return fields;
    }

    private static Joined joined(EntryFields fields) {
        return new Joined(
                fields.text("worker"),
                fields.optional("name").orElseGet(() -> fields.text("worker")),
                fields.text("host"),
                fields.number("pid"),
                fields.text("version"),
                fields.read("mode", text -> Mode.valueOf(text.toUpperCase(Locale.ROOT))),
                fields.time("startedAt"),
                fields.read("queues", QueueCounts::read));
    }

    private static Map<String, String> fieldsOf(TaskOffered event) {
        Map<String, String> fields = start("offered", event);
        fields.put("task", event.task().value());
        fields.put("queue", event.queue().value());
        fields.put("description", event.description());
        fields.put("payloadSchema", event.payloadSchema());
        fields.put("resultSchema", event.resultSchema());
        fields.put("idempotent", Boolean.toString(event.idempotent()));
        PolicyCodec.write(PolicyOverride.of(event.policy()), fields::put);
        return fields;
    }

    private static TaskOffered offered(EntryFields fields) {
        return new TaskOffered(
                fields.text("worker"),
                new TaskName(fields.text("task")),
                new QueueName(fields.text("queue")),
                fields.text("description"),
                fields.text("payloadSchema"),
                fields.text("resultSchema"),
                policy(fields),
                fields.yesOrNo("idempotent"));
    }

    /** A worker says its whole policy; only a soft limit may be missing. */
    private static ExecutionPolicy policy(EntryFields fields) {
        for (String name : List.of(
                "timeout", "maxAttempts", "backoff", "backoffBase", "backoffFactor", "backoffMax", "backoffJitter")) {
            fields.text(name);
        }
        return PolicyCodec.read(fields.byName()).over(ExecutionPolicy.DEFAULT);
    }

    private static Map<String, String> fieldsOf(WorkflowOffered event) {
        Map<String, String> fields = start("flow", event);
        fields.put("name", event.name());
        fields.put("description", event.description());
        fields.put("flow", event.flow());
        return fields;
    }

    private static WorkflowOffered flow(EntryFields fields) {
        return new WorkflowOffered(
                fields.text("worker"), fields.text("name"), fields.text("description"), fields.text("flow"));
    }

    private static Map<String, String> fieldsOf(Beat event) {
        Map<String, String> fields = start("beat", event);
        fields.put("state", event.state().label());
        fields.put("cpuPercent", Double.toString(event.cpuPercent()));
        fields.put("memoryBytes", Long.toString(event.memoryBytes()));
        fields.put("running", counts(event.queues(), Load::running));
        fields.put("slots", counts(event.queues(), Load::slots));
        fields.put("held", counts(event.queues(), Load::held));
        fields.put("sharing", counts(sharing(event.queues()), Load::slots));
        fields.put("leaked", Integer.toString(event.leakedSlots()));
        return fields;
    }

    private static Map<QueueName, Load> sharing(Map<QueueName, Load> loads) {
        Map<QueueName, Load> sharing = new TreeMap<>(loads);
        sharing.values().removeIf(load -> !load.shared());
        return sharing;
    }

    private static Beat beat(EntryFields fields) {
        return new Beat(
                fields.text("worker"),
                fields.optional("state").isEmpty()
                        ? State.RUNNING
                        : fields.read("state", text -> Labelled.of(State.values(), "state", text)),
                fields.read("cpuPercent", Double::parseDouble),
                fields.number("memoryBytes"),
                loads(fields),
                fields.read("leaked", Integer::parseInt));
    }

    private static Map<QueueName, Load> loads(EntryFields fields) {
        Map<QueueName, Integer> running = fields.read("running", QueueCounts::read);
        Map<QueueName, Integer> slots = countsOr(running, "slots", fields);
        Map<QueueName, Integer> held = countsOr(running, "held", fields);
        Map<QueueName, Integer> sharing = countsOr(Map.of(), "sharing", fields);
        Map<QueueName, Load> loads = new TreeMap<>();
        slots.forEach((queue, all) -> loads.put(
                queue,
                new Load(
                        all, running.getOrDefault(queue, 0), held.getOrDefault(queue, 0), sharing.containsKey(queue))));
        return loads;
    }

    private static Map<QueueName, Integer> countsOr(
            Map<QueueName, Integer> otherwise, String name, EntryFields fields) {
        return fields.optional(name).isEmpty() ? otherwise : fields.read(name, QueueCounts::read);
    }

    private static Map<String, String> fieldsOf(Left event) {
        Map<String, String> fields = start("left", event);
        event.reason().ifPresent(reason -> fields.put("reason", reason));
        return fields;
    }

    private static Left left(EntryFields fields) {
        return new Left(fields.text("worker"), fields.optional("reason"));
    }

    private static Map<String, String> start(String kind, WorkerEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("worker", event.worker());
        return fields;
    }

    private static String counts(Map<QueueName, Load> loads, ToIntFunction<Load> count) {
        Map<QueueName, Integer> counts = new TreeMap<>();
        loads.forEach((queue, load) -> counts.put(queue, count.applyAsInt(load)));
        return QueueCounts.text(counts);
    }
}
