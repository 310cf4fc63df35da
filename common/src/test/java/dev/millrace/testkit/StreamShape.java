package dev.millrace.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an entry of a stream looks like, so that it can be spoilt.
 *
 * @param healthy an entry that its readers take
 * @param required the fields among them that cannot be left out, each with the kind of value it has
 */
public record StreamShape(Map<String, String> healthy, Map<String, Value> required) {

    /** What a field may hold, so that the corpus knows what it may not. */
    public enum Value {
        UUID,
        NAME,
        NUMBER,
        WORD
    }

    /** A job on a lane of {@link Jobs#QUEUE}, or on any stream that carries jobs as lanes do. */
    public static final StreamShape LANE = new StreamShape(
            ordered(
                    "epoch", "1",
                    "run", "1",
                    "job", Jobs.id(1).toString(),
                    "task", "email.send",
                    "queue", Jobs.QUEUE.value(),
                    "band", "normal",
                    "tenant", "default",
                    "attempt", "1",
                    "deaths", "0",
                    "payload", "{}"),
            Map.of(
                    "job", Value.UUID,
                    "task", Value.NAME,
                    "queue", Value.NAME,
                    "band", Value.WORD,
                    "epoch", Value.NUMBER,
                    "run", Value.NUMBER,
                    "attempt", Value.NUMBER,
                    "deaths", Value.NUMBER));

    /** The same where the stream is a band. */
    public static final StreamShape BAND = new StreamShape(
            ordered("r", "1.1", "j", Jobs.id(1).toString(), "h", "||1|0|email.send|default", "p", "{}"),
            Map.of("r", Value.WORD, "j", Value.UUID, "h", Value.WORD));

    /** The end of a job. */
    public static final StreamShape EVENTS = new StreamShape(
            ordered(
                    "job", Jobs.id(1).toString(),
                    "type", "SUCCEEDED",
                    "epoch", "1",
                    "run", "1",
                    "delivery", "1",
                    "attempt", "1",
                    "at", "1700000000000",
                    "started", "1700000000000",
                    "worker", "worker-1",
                    "ran", "3",
                    "result", "{}"),
            Map.of(
                    "job", Value.UUID,
                    "type", Value.WORD,
                    "epoch", Value.NUMBER,
                    "run", Value.NUMBER,
                    "delivery", Value.NUMBER,
                    "attempt", Value.NUMBER,
                    "at", Value.NUMBER));

    /** A worker's sign of life. */
    public static final StreamShape FLEET = new StreamShape(
            ordered(
                    "kind", "beat",
                    "worker", "worker-1",
                    "cpuPercent", "12.5",
                    "memoryBytes", "1000",
                    "running", ""),
            Map.of("kind", Value.WORD, "worker", Value.NAME, "memoryBytes", Value.NUMBER));

    /** Those that share no streams: an entry of one is malformed on the others. */
    public static final Set<StreamShape> ALL = Set.of(LANE, EVENTS, FLEET);

    /** Those whose entries are malformed on a stream of this shape. */
    List<StreamShape> others() {
        StreamShape own = equals(BAND) ? LANE : this;
        return ALL.stream().filter(shape -> !shape.equals(own)).toList();
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ordered.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ordered;
    }
}
