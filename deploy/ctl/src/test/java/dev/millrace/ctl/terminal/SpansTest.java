package dev.millrace.ctl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0ms",
        "PT0.012S, 12ms",
        "PT0.999S, 999ms",
        "PT1S, 1s",
        "PT3.49S, 3.4s",
        "PT59.9S, 59s",
        "PT60S, 1m",
        "PT5M12S, 5m12s",
        "PT3H5M59S, 3h5m",
        "PT47H59M, 47h59m",
        "PT48H, 2d",
        "P4DT2H30M, 4d2h"
    })
    void hasTwoUnitsAtMost(Duration span, String text) {
        assertThat(Spans.text(span)).isEqualTo(text);
    }

    @Test
    void aTimeIsInUtcToTheSecond() {
        assertThat(Spans.text(Instant.parse("2026-01-31T12:00:00.987Z"))).isEqualTo("2026-01-31 12:00:00");
    }
}
