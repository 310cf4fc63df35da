package dev.millrace.ctl.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "30, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "7d, PT168H",
        "PT1H30M, PT1H30M",
        "P1D, PT24H"
    })
    void readsLengthsOfTime(String text, Duration span) {
        assertThat(Typed.span(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5 m", "5w", "1.5h", "-3s", "soon", "99999999999s"})
    void saysWhatALengthOfTimeIsLike(String text) {
        assertThatThrownBy(() -> Typed.span(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500ms, 30s, 5m");
    }

    @Test
    void aPointOfTimeIsATimeOrLiesSoFarBack() {
        assertThat(Typed.ago("2h", NOW).at()).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(Typed.ago("2026-01-01T00:00:00Z", NOW).at()).isEqualTo("2026-01-01T00:00:00Z");
    }
}
