package dev.millrace.proving.chaos.history;

import dev.millrace.embedded.RedisTalk;
import dev.millrace.time.Time;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the events stream as one more reader, from its first entry on, also while and after Redis is broken. */
public final class EventTap implements AutoCloseable {

    private static final String EVENTS = "mr:{s0}:events";
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final URI redis;
    private final Time time;
    private final List<JsonLines.Event> lines = new ArrayList<>();
    private String last = "0";
    private volatile boolean closed;

    private EventTap(String url, Time time) {
        this.redis = URI.create(url);
        this.time = time;
    }

    /** Begins to read. */
    public static EventTap on(String url, Time time) {
        EventTap tap = new EventTap(url, time);
        Thread.ofVirtual().name("event tap").start(tap::read);
        return tap;
    }

    /** Every event that was one, as a line of JSON. */
    public synchronized List<JsonLines.Event> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void read() {
        while (!closed) {
            try (RedisTalk talk = RedisTalk.open(redis, ANSWER)) {
                readWhileItAnswers(talk);
            } catch (IOException away) {
                time.rest(BETWEEN);
            }
        }
    }

    private void readWhileItAnswers(RedisTalk talk) throws IOException {
        while (!closed) {
            if (talk.tree("XREAD", "COUNT", "1000", "STREAMS", EVENTS, last) instanceof List<?> streams) {
                take((List<?>) ((List<?>) streams.getFirst()).get(1));
            } else {
                time.rest(BETWEEN);
            }
        }
    }

    private synchronized void take(List<?> entries) {
        for (Object entry : entries) {
            List<?> pair = (List<?>) entry;
            last = String.valueOf(pair.getFirst());
            keep(last, (List<?>) pair.get(1));
        }
    }

    private void keep(String entry, List<?> fields) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            named.put(String.valueOf(fields.get(i)), String.valueOf(fields.get(i + 1)));
        }
        JsonLines.event(entry, named).ifPresent(lines::add);
    }
}
