package dev.millrace.bench.workload;

import dev.millrace.embedded.RedisTalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The queues of the bench's jobs, as they lie in Redis, and the events of these jobs. To look costs what is measured nothing.
 *
 * @param queues by name
 */
record Lanes(URI redis, List<String> queues) {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String QUEUES = "mr:{s0}:q:";
    private static final String EVENTS = "mr:{s0}:events";
    private static final String PROJECTION = "projection";

    /** Jobs that wait or run. */
    long length() {
        return queues.stream()
                .mapToLong(queue -> Long.parseLong(ask("XLEN", QUEUES + queue + ":normal")))
                .sum();
    }

    /** Whether every event until now is in the record. */
    boolean recorded() {
        for (Object group : (List<?>) tree("XINFO", "GROUPS", EVENTS)) {
            List<?> fields = (List<?>) group;
            if (PROJECTION.equals(field(fields, "name"))) {
                return "0".equals(field(fields, "pending")) && "0".equals(field(fields, "lag"));
            }
        }
        return false;
    }

    private static Object field(List<?> fields, String name) {
        return fields.get(fields.indexOf(name) + 1);
    }

    private String ask(String... words) {
        return (String) tree(words);
    }

    private Object tree(String... words) {
        try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
            return talk.tree(words);
        } catch (IOException e) {
            throw new UncheckedIOException(words[0] + " was refused by Redis", e);
        }
    }
}
