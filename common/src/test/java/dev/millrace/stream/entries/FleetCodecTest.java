package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.stream.entries.Reading.Refused;
import dev.millrace.stream.entries.Reading.Understood;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetCodecTest {

    /** What an older worker does not say, and what need not be said. */
    private static final Set<String> OPTIONAL =
            Set.of("reason", "softTimeout", "name", "state", "slots", "held", "sharing");

    private static final QueueName EMAIL = new QueueName("email");
    private static final Joined JOINED = new Joined(
            "host-7f9c",
            "mailer",
            "host",
            4711,
            "0.1.0",
            Mode.NATIVE,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Map.of(EMAIL, 4, new QueueName("default"), 16));
    private static final TaskOffered OFFERED = new TaskOffered(
            "host-7f9c",
            new TaskName("email.send"),
            EMAIL,
            "",
            "{\"type\":\"object\"}",
            "{\"type\":\"null\"}",
            new ExecutionPolicy(Duration.ofSeconds(90), Duration.ofSeconds(80), RetryPolicy.DEFAULT),
            false);
    private static final Beat BEAT = new Beat(
            "host-7f9c",
            State.DRAINING,
            12.5,
            1_000_000,
            Map.of(EMAIL, new Load(4, 2, 3, true), new QueueName("default"), new Load(16, 0, 0)),
            1);

    static List<WorkerEvent> allEvents() {
        return List.of(
                JOINED,
                OFFERED,
                new TaskOffered("w", new TaskName("t"), EMAIL, "", "{}", "{}", ExecutionPolicy.DEFAULT, true),
                new WorkflowOffered("w", "report.monthly", "", "{\"root\":{\"group\":[]}}"),
                BEAT,
                new Beat("w", State.RUNNING, 0, 0, Map.of(), 0),
                new Left("w", Optional.of("stopped by SIGTERM")),
                new Left("w", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("allEvents")
    void readsBackWhatItWrote(WorkerEvent event) {
        assertThat(FleetCodec.decode(FleetCodec.encode(event))).isEqualTo(new Understood<>(event));
        assertThat(FleetCodec.decode(FleetCodec.encodeFlat(event))).isEqualTo(new Understood<>(event));
    }

    @Test
    void writesFieldsThatAPersonCanRead() {
        assertThat(FleetCodec.encode(JOINED))
                .containsExactly(
                        Map.entry("kind", "joined"),
                        Map.entry("worker", "host-7f9c"),
                        Map.entry("name", "mailer"),
                        Map.entry("host", "host"),
                        Map.entry("pid", "4711"),
                        Map.entry("version", "0.1.0"),
                        Map.entry("mode", "native"),
                        Map.entry("startedAt", "2026-01-02T03:04:05.678Z"),
                        Map.entry("queues", "default=16 email=4"));
    }

    @Test
    void writesABeatThatAPersonCanRead() {
        assertThat(FleetCodec.encode(BEAT))
                .containsAllEntriesOf(Map.of(
                        "state", "draining",
                        "running", "default=0 email=2",
                        "slots", "default=16 email=4",
                        "held", "default=0 email=3",
                        "sharing", "email=4"));
    }

    @Test
    void readsTheBeatOfAWorkerThatTellsNoSlots() {
        Map<String, String> older = new HashMap<>(FleetCodec.encode(BEAT));
        older.keySet().removeAll(Set.of("state", "slots", "held", "sharing"));

        assertThat(FleetCodec.decode(older))
                .isEqualTo(new Understood<>(new Beat(
                        "host-7f9c",
                        State.RUNNING,
                        12.5,
                        1_000_000,
                        Map.of(EMAIL, new Load(2, 2, 2), new QueueName("default"), new Load(0, 0, 0)),
                        1)));
    }

    @Test
    void writesTheTermsOfATask() {
        assertThat(FleetCodec.encode(OFFERED))
                .containsAllEntriesOf(Map.of(
                        "timeout", "PT1M30S",
                        "softTimeout", "PT1M20S",
                        "maxAttempts", "4",
                        "backoff", "exponential",
                        "backoffBase", "PT1S",
                        "backoffFactor", "2.0",
                        "backoffMax", "PT10M",
                        "backoffJitter", "full"));
    }

    @Test
    void passesOverFieldsOfANewerWorker() {
        Map<String, String> fields = new HashMap<>(FleetCodec.encode(BEAT));
        fields.put("temperature", "60");
        assertThat(FleetCodec.decode(fields)).isEqualTo(new Understood<>(BEAT));
    }

    @Test
    void refusesAKindItDoesNotKnow() {
        assertThat(FleetCodec.decode(Map.of("kind", "married", "worker", "w")))
                .isEqualTo(new Refused<>("Unknown kind of event (known: joined, offered, flow, beat, left)."));
    }

    @Test
    void refusesAnOddNumberOfNamesAndValues() {
        assertThat(FleetCodec.decode(List.of("kind", "left", "worker"))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @MethodSource("allEvents")
    void refusesAnEventWithoutAFieldThatItNeeds(WorkerEvent event) {
        Map<String, String> fields = FleetCodec.encode(event);
        for (String name : fields.keySet()) {
            Map<String, String> fewer = new LinkedHashMap<>(fields);
            fewer.remove(name);
            if (!OPTIONAL.contains(name)) {
                assertThat(FleetCodec.decode(fewer)).isEqualTo(new Refused<>("Field '" + name + "' is missing."));
            }
        }
    }

    @Test
    void refusesAFieldByItsNameAndNeverRepeatsItsValue() {
        for (String name : List.of("pid", "mode", "startedAt", "queues")) {
            Map<String, String> fields = new HashMap<>(FleetCodec.encode(JOINED));
            fields.put(name, "s3cret");
            assertThat(FleetCodec.decode(fields)).isEqualTo(new Refused<>("Field '" + name + "' cannot be read."));
        }
    }

    @Test
    void refusesNumbersOutsideTheirRange() {
        Map<String, String> fields = new HashMap<>(FleetCodec.encode(BEAT));
        fields.put("cpuPercent", "NaN");
        assertThat(FleetCodec.decode(fields)).isEqualTo(new Refused<>("A percentage is 0 to 100, not NaN."));
    }

    @Test
    void neverThrowsOnJunk() {
        Random random = new Random(7);
        List<WorkerEvent> events = allEvents();
        for (int i = 0; i < 5_000; i++) {
            Map<String, String> fields = new HashMap<>(FleetCodec.encode(events.get(i % events.size())));
            for (String name : List.copyOf(fields.keySet())) {
                if (random.nextInt(3) == 0 && !name.equals("kind")) {
                    fields.put(name, junk(random));
                }
            }
            assertThat(FleetCodec.decode(fields)).isInstanceOfAny(Refused.class, Understood.class);
        }
    }

    private static String junk(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char)
                    (random.nextBoolean() ? "0123456789=- .:".charAt(random.nextInt(15)) : random.nextInt(65_536)));
        }
        return text.toString();
    }
}
