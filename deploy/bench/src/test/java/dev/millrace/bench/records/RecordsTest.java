package dev.millrace.bench.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    @TempDir
    Path folder;

    @Test
    void areEmptyBeforeTheFirstCall() throws IOException {
        write("count.7", "");
        write("count.8", "00000000000000000000 00000000000000000000 00000000000000000000\n");

        assertThat(records().calls()).isEmpty();
        assertThat(records().count()).isZero();
        assertThat(records().stamps()).isEmpty();
    }

    @Test
    void addTheWorkersUp() throws IOException {
        write("count.7", "00000000000000000003 00000000000000000100 00000000000000000900\n");
        write("count.8", "00000000000000000004 00000000000000000050 00000000000000000800\n");

        assertThat(records().calls()).hasValue(new Calls(7, 50, 900));
        assertThat(records().count()).isEqualTo(7);
    }

    @Test
    void knowTheFirstStampOfEachJobAndPassOverHalfALine() throws IOException {
        write("stamp.log", "1 500\n2 600\n1 400\n3");

        assertThat(records().stamps()).containsOnlyKeys(1L, 2L).containsEntry(1L, 400L);
    }

    private Records records() {
        return new Records(folder);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
