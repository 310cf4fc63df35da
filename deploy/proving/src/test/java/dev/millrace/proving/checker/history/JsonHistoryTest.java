package dev.millrace.proving.checker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.proving.checker.history.Line.Cancel;
import dev.millrace.proving.checker.history.Line.Event;
import dev.millrace.proving.checker.history.Line.Fault;
import dev.millrace.proving.checker.history.Line.Lapse;
import dev.millrace.proving.checker.history.Line.Left;
import dev.millrace.proving.checker.history.Line.Outcome;
import dev.millrace.proving.checker.history.Line.Place;
import dev.millrace.proving.checker.history.Line.Requeue;
import dev.millrace.proving.checker.history.Line.Row;
import dev.millrace.proving.checker.history.Line.Start;
import dev.millrace.proving.checker.history.Line.Stop;
import dev.millrace.proving.checker.history.Line.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonHistoryTest {

    private static final String ALL = """
            {"kind":"submit","at":1,"done":2,"outcome":"unknown","tenant":"t","key":"k","attempts":3,"due":9}
            {"kind":"cancel","at":1,"done":2,"outcome":"ok","job":"j","answer":"FLAGGED"}
            {"kind":"requeue","at":1,"done":2,"outcome":"fail","job":"j"}
            {"kind":"start","at":1,"job":"j","token":"1.2.3","attempt":2,"worker":"w"}
            {"kind":"stop","at":1,"job":"j","token":"1.2.3","worker":"w"}
            {"kind":"event","entry":"1-0","at":1,"type":"DEFERRED","job":"j","token":"1.2.3","attempt":2,"due":5,"why":"RETRY"}

            {"kind":"fault","at":1,"until":3,"type":"redis-lost","target":null}
            {"kind":"row","at":1,"job":"j","tenant":"t","state":"FAILED","attempt":2,"run":4}
            {"kind":"place","scan":1,"at":1,"job":"j","key":"delays","entry":"1-0"}
            {"kind":"lapse","at":1,"worker":"w","gone":2,"ofThisLife":true,"by":"v","steady":3}
            {"kind":"left","at":1,"what":"markers","count":2}
            """;

    @TempDir
    Path folder;

    @Test
    void readsEveryKindOfLine() throws IOException {
        assertThat(read(ALL))
                .containsExactly(
                        new Submit(1, 2, Outcome.UNKNOWN, "t", "k", null, 3, 9L, null),
                        new Cancel(1, 2, Outcome.OK, "j", "FLAGGED"),
                        new Requeue(1, 2, Outcome.FAIL, "j"),
                        new Start(1, "j", new Stamp(1, 2, 3), 2, "w"),
                        new Stop(1, "j", new Stamp(1, 2, 3), "w"),
                        new Event("1-0", 1, "DEFERRED", "j", new Stamp(1, 2, 3), 2, null, 5L, "RETRY", null),
                        new Fault(1, 3L, Fault.Type.REDIS_LOST, null, null),
                        new Row(1, "j", "t", "FAILED", 2, 4, null, true),
                        new Place(1, 1, "j", "delays", "1-0"),
                        new Lapse(1, "w", 2, true, "v", 3),
                        new Left(1, "markers", 2));
    }

    @Test
    void readsNoLastLineThatItsWriterCouldNotFinish() throws IOException {
        assertThat(read("{\"kind\":\"left\",\"at\":1,\"what\":\"x\",\"count\":0}\n{\"kind\":\"le"))
                .hasSize(1);
    }

    @Test
    void namesTheFileAndTheLineThatCannotBeRead() {
        assertThatThrownBy(() -> read("{\"kind\":\"cheer\",\"at\":1}\n{}\n"))
                .hasMessageContaining("Line 1")
                .hasMessageContaining("history.jsonl")
                .hasMessageContaining("cheer");
        assertThatThrownBy(() -> read("{\"kind\":\"stop\",\"at\":\"1\"}\n{}\n")).hasMessageContaining("'at'");
    }

    private List<Line> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("history.jsonl"), text);
        List<Line> lines = new ArrayList<>();
        new JsonHistory(List.of(file)).forEach(lines::add);
        return lines;
    }
}
