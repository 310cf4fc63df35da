package dev.millrace.stream.entries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuarantineRowTest {

    private static final EntryId ID = new EntryId(1, 2);

    @Test
    void holdsTheFieldsOfAnEntryAsLinesInTheirOrder() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", "offered");
        fields.put("worker", "w1");

        assertThat(QuarantineRow.of("fleet", new StreamEntry(ID, fields), "No task."))
                .isEqualTo(new QuarantineRow("fleet", ID, "No task.", "kind=offered\nworker=w1"));
    }

    @Test
    void I27_isAsLongAsItsColumnsAtMostWhateverTheEntryHolds() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            fields.put("n" + i + "x".repeat(100_000), "y".repeat(100_000));
        }
        QuarantineRow row = QuarantineRow.of("s".repeat(1_000), new StreamEntry(ID, fields), "r".repeat(5_000));

        assertThat(row.stream()).hasSize(256);
        assertThat(row.reason()).hasSize(1_024);
        assertThat(row.bytes()).hasSize(65_536);
    }

    @Test
    void I27_showsTheNulThatPostgresHasNotInItsTexts() {
        QuarantineRow row = new QuarantineRow("a\0b", ID, "c\0d", "e\0f");

        assertThat(row).isEqualTo(new QuarantineRow("a\uFFFDb", ID, "c\uFFFDd", "e\0f"));
    }
}
