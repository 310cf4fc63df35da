package dev.millrace.proving.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Submits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

    @TempDir
    Path folder;

    @Test
    void holdWhatClientsTheStreamTheChaosAndTheServersSaw() {
        History history = new History(
                Map.of(7L, new Submits.Accepted("a", 10, 20)),
                List.of(),
                Set.of(),
                List.of(),
                List.of(
                        new Fault(30, 35, Fault.Kind.PAUSE, "SIGSTOP worker-1", 4711, 16, false),
                        new Fault(40, 41, Fault.Kind.REDIS_LOST, "kill -9 redis", 4712, 9, false),
                        new Fault(50, 50, Fault.Kind.OTHER, "worker-1 ended", 4711, 0, true)),
                List.of(new Row("a", 7, "chaos.work", "SUCCEEDED", 2, 1, 60, "")),
                List.of(),
                Map.of("a", 1),
                List.of("{\"kind\":\"event\"}"),
                List.of("3 in markers"),
                Duration.ZERO);

        JsonLines.write(history, 99, folder.resolve("history.jsonl"));

        assertThat(folder.resolve("history.jsonl")).hasContent("""
                        {"kind":"submit","at":10,"done":20,"outcome":"ok","tenant":"default","job":"a"}
                        {"kind":"event"}
                        {"kind":"fault","at":30,"until":35,"type":"pause","target":"4711"}
                        {"kind":"fault","at":40,"until":41,"type":"redis-lost"}
                        {"kind":"row","at":99,"job":"a","tenant":"default","state":"SUCCEEDED","attempt":1,"run":2}
                        {"kind":"left","at":99,"what":"3 in markers","count":1}
                        """);
    }

    @Test
    void holdEventsAndPassOverWhatIsNone() {
        Map<String, String> fields = Map.of(
                "job",
                "a",
                "type",
                "DEFERRED",
                "epoch",
                "1",
                "run",
                "2",
                "delivery",
                "3",
                "attempt",
                "1",
                "at",
                "5",
                "due",
                "6",
                "why",
                "RETRY",
                "errorType",
                "IOException");

        assertThat(JsonLines.event("5-0", fields))
                .contains("{\"kind\":\"event\",\"at\":5,\"entry\":\"5-0\",\"type\":\"DEFERRED\",\"job\":\"a\","
                        + "\"token\":\"1.2.3\",\"attempt\":1,\"due\":6,\"why\":\"RETRY\",\"error\":\"IOException\"}");
        assertThat(JsonLines.event("5-0", Map.of("nobody", "knows"))).isEmpty();
    }
}
