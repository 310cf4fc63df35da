package dev.millrace.proving.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    @Test
    void joinsTheStartAndTheStopOfARunAndKnowsOneThatWasKilled() throws IOException {
        Path file = folder.resolve("journal.jsonl");
        Files.writeString(file, """
                {"kind":"start","at":20,"job":"b","token":"2.1.1","attempt":1,"worker":"7"}
                {"kind":"start","at":10,"job":"a","token":"1.1.1","attempt":2,"worker":"7"}
                {"kind":"stop","at":30,"job":"a","token":"1.1.1","worker":"7"}
                {"kind":"start","at":40,"job":"b","token":"2.1.2","attempt":1,"worker":"8"}
                """);

        long token = (1L << 48) + (1 << 16) + 1;
        assertThat(new Journal(file).executions())
                .containsExactly(
                        new Execution("a", 2, token, 7, 10, 30),
                        new Execution("b", 1, token + (1L << 48), 7, 20, Execution.NEVER),
                        new Execution("b", 1, token + (1L << 48) + 1, 8, 40, Execution.NEVER));
    }

    @Test
    void isEmptyWhereNoTaskEverRan() {
        assertThat(new Journal(folder.resolve("none")).executions()).isEmpty();
    }
}
