package dev.millrace.proving.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.fault.Fault;
import dev.millrace.proving.chaos.load.Cancel;
import dev.millrace.proving.chaos.load.Submits;
import dev.millrace.proving.checker.Checker;
import dev.millrace.proving.checker.Limits;
import dev.millrace.proving.checker.Verdict;
import dev.millrace.proving.checker.history.JsonHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
                Set.of(8L),
                List.of(new Cancel("a", 21, 22, 202), new Cancel("b", 23, 24, 409), new Cancel("c", 25, 26, 0)),
                List.of(),
                List.of(
                        new Fault(30, 35, Fault.Kind.PAUSE, "SIGSTOP worker-1", 4711),
                        new Fault(40, 41, Fault.Kind.REDIS_SET_BACK, "kill -9 redis", 4712),
                        new Fault(50, 50, Fault.Kind.OTHER, "worker-1 ended", 4711)),
                List.of(new Row("a", 7, "chaos.work", "SUCCEEDED", 2, 1, 60, "")),
                List.of(new Fire("s", 1_000, "fired", "f", 1_010), new Fire("s", 2_000, "missed", null, 0)),
                List.of(),
                List.of(
                        new JsonLines.Event("a", "{\"kind\":\"event\"}"),
                        new JsonLines.Event("nobody's", "{\"kind\":\"forged\"}")),
                List.of("3 in markers"),
                Duration.ZERO);

        JsonLines.write(history, 99, folder.resolve("history.jsonl"));

        assertThat(folder.resolve("history.jsonl")).hasContent("""
                        {"kind":"submit","at":10,"done":20,"outcome":"ok","tenant":"default","key":"number 7","job":"a"}
                        {"kind":"submit","at":99,"done":99,"outcome":"unknown","tenant":"default","key":"number 8"}
                        {"kind":"cancel","at":21,"done":22,"job":"a","outcome":"ok","answer":"FLAGGED"}
                        {"kind":"cancel","at":23,"done":24,"job":"b","outcome":"fail"}
                        {"kind":"cancel","at":25,"done":26,"job":"c","outcome":"unknown"}
                        {"kind":"event"}
                        {"kind":"fault","at":30,"until":35,"type":"pause","target":"4711"}
                        {"kind":"fault","at":40,"until":41,"type":"redis-set-back"}
                        {"kind":"row","at":99,"job":"a","tenant":"default","state":"SUCCEEDED","key":"number 7","attempt":1,"run":2}
                        {"kind":"fire","at":99,"schedule":"s","tick":1000,"job":"f"}
                        {"kind":"fire","at":99,"schedule":"s","tick":2000,"job":null}
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
                .contains(
                        new JsonLines.Event(
                                "a",
                                "{\"kind\":\"event\",\"at\":5,\"entry\":\"5-0\",\"type\":\"DEFERRED\",\"job\":\"a\","
                                        + "\"token\":\"1.2.3\",\"attempt\":1,\"due\":6,\"why\":\"RETRY\",\"error\":\"IOException\"}"));
        assertThat(JsonLines.event("5-0", Map.of("nobody", "knows"))).isEmpty();
    }

    /** What the chaos writes is what the checker reads. */
    @Test
    void canBeRead() throws IOException {
        Path file = folder.resolve("history.jsonl");
        Map<String, String> fields = new HashMap<>(Map.of("job", "a", "type", "SUCCEEDED", "epoch", "1", "run", "1"));
        fields.putAll(Map.of("delivery", "1", "attempt", "1", "at", "50"));
        History history = new History(
                Map.of(7L, new Submits.Accepted("a", 10, 20)),
                List.of(),
                Set.of(8L),
                List.of(new Cancel("a", 51, 52, 409)),
                List.of(),
                Stream.of(Fault.Kind.values())
                        .map(kind -> new Fault(30, 35, kind, "broken", 4711))
                        .toList(),
                List.of(new Row("a", 7, "chaos.work", "SUCCEEDED", 1, 1, 60, "")),
                List.of(new Fire("s", 1_000, "missed", null, 0)),
                List.of(),
                List.of(JsonLines.event("5-0", fields).orElseThrow()),
                List.of(),
                Duration.ZERO);
        JsonLines.write(history, 99, file);
        Files.writeString(
                file,
                "{\"kind\":\"start\",\"at\":40,\"job\":\"a\",\"token\":\"1.1.1\",\"attempt\":1,\"worker\":\"1\"}\n",
                StandardOpenOption.APPEND);

        Verdict report = new Checker(Limits.PROMISED).check(new JsonHistory(List.of(file)));

        assertThat(report.violations()).isEmpty();
        assertThat(report.figures().accepted()).isEqualTo(1);
        assertThat(report.figures().executions()).isEqualTo(1);
        assertThat(report.figures().faults()).isEqualTo(Fault.Kind.values().length - 1);
    }
}
