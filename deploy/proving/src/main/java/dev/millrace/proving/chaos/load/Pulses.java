package dev.millrace.proving.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Schedules that fire every second, as their clients know them. */
public final class Pulses {

    private static final int AT_ONCE = 8;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BEFORE_REPEAT = Duration.ofMillis(500);

    private final Clients clients;
    private final Time time;
    private final Map<String, Long> made = new ConcurrentHashMap<>();
    private final Map<String, Long> pausing = new ConcurrentHashMap<>();

    public Pulses(Clients clients, Time time) {
        this.clients = clients;
        this.time = time;
    }

    /** Makes so many and returns when all fire, which those do that are missing in {@link #made} not. */
    public void make(int schedules) {
        each(schedules, this::makeOne);
    }

    /** Pauses all, and returns when all are. */
    public void pause() {
        each(made.size(), this::pauseOne);
    }

    /** When each was known to fire, in milliseconds since 1970. */
    public Map<String, Long> made() {
        return Map.copyOf(made);
    }

    /** When each was asked to pause, likewise; those that did not are missing. */
    public Map<String, Long> pausing() {
        return Map.copyOf(pausing);
    }

    private void makeOne(int number) {
        String id = id(number);
        boolean fires = untilAfter(
                () -> clients.post("/schedules", body(id)), id, schedule -> schedule.hasNonNull("nextFireAt"));
        if (fires) {
            made.put(id, time.now());
        }
    }

    private void pauseOne(int number) {
        String id = id(number);
        long asked = time.now();
        boolean pauses = untilAfter(
                () -> clients.post("/schedules/" + id + "/pause", "{}"),
                id,
                schedule -> schedule.path("paused").asBoolean());
        if (pauses) {
            pausing.put(id, asked);
        }
    }

    private interface Call {
        Optional<Answer> make();
    }

    private interface Look {
        boolean isSo(JsonNode schedule);
    }

    /** Repeats the call until the schedule shows its effect. */
    private boolean untilAfter(Call call, String id, Look look) {
        return time.comes(PATIENCE, BEFORE_REPEAT, () -> {
            call.make();
            return clients.get("/schedules/" + id)
                    .filter(answer -> answer.status() == OK && look.isSo(answer.body()))
                    .isPresent();
        });
    }

    private static void each(int schedules, IntConsumer call) {
        try (ExecutorService calls =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            IntStream.range(0, schedules).forEach(number -> calls.execute(() -> call.accept(number)));
        }
    }

    private static String body(String id) {
        return """
                {"id": "%s", "trigger": {"interval": {"every": "PT1S"}}, "misfire": {"fireAll": {"max": 1000}},
                 "job": {"task": "chaos.work", "payload": {"n": -1, "ms": 1}}}""".formatted(id);
    }

    private static String id(int number) {
        return "pulse-" + number;
    }
}
