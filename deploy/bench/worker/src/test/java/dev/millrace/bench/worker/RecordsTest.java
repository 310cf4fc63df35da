package dev.millrace.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    private final Path out;
    private Instant now = Instant.ofEpochSecond(1_700_000_000, 5);
    private final Records records;

    RecordsTest(@TempDir Path out) {
        this.records = new Records(out, 7, () -> now);
        this.out = out;
    }

    @Test
    void tellHowManyCallsThereWereAndWhenTheFirstAndTheLastBegan() {
        records.count();
        now = now.plusNanos(1_000);
        records.count();
        records.flush();

        assertThat(out.resolve("count.7"))
                .hasContent("00000000000000000002 01700000000000000005 01700000000000001005\n");
    }

    @Test
    void areNotWrittenBeforeThereIsACall() {
        records.flush();

        assertThat(out).isEmptyDirectory();
    }

    @Test
    void replaceTheCountBeforeByALineAsLong() {
        records.count();
        records.flush();
        records.count();
        records.flush();

        assertThat(out.resolve("count.7"))
                .content()
                .startsWith("00000000000000000002 ")
                .hasLineCount(1);
    }

    @Test
    void appendStampsAndMarksAtOnce() {
        records.stamp(3);
        records.stamp(-1);
        records.mark("start", 4);

        assertThat(out.resolve("stamp.log")).hasContent("3 1700000000000000005\n-1 1700000000000000005\n");
        assertThat(out.resolve("mark.log")).hasContent("start 4 1700000000000000005\n");
    }
}
