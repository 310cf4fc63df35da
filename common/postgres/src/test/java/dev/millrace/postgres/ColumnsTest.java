package dev.millrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private final Columns<String> columns = new Columns<>(List.of("one", "", "three"));

    @Test
    void keepsTheOrderOfTheRowsAndItsGaps() {
        assertThat(columns.texts(text -> text.isEmpty() ? null : text)).containsExactly("one", null, "three");
        assertThat(columns.ints(String::length)).containsExactly(3, 0, 5);
    }

    @Test
    void writesTimesAsPostgresqlWantsThem() {
        assertThat(columns.times(text -> text.isEmpty() ? null : Instant.EPOCH.plusSeconds(text.length())))
                .containsExactly(
                        OffsetDateTime.parse("1970-01-01T00:00:03Z"),
                        null,
                        OffsetDateTime.parse("1970-01-01T00:00:05Z"));
    }
}
