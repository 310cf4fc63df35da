package dev.millrace.api.http.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsConfigTest {

    @Test
    void isWithinItsRulesByDefault() {
        RequestLimitsSettings settings = RequestLimitsSettings.of(Settings.of(RequestLimitsConfig.class, Map.of()));

        assertThat(settings.bodyTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void mapsEveryKey() {
        RequestLimitsSettings settings = RequestLimitsSettings.of(
                Settings.of(RequestLimitsConfig.class, Map.of("millrace.api.gate.body-timeout", "PT7S")));

        assertThat(settings.bodyTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.9S", "PT-1S", "PT2H"})
    void refusesWhatIsOutOfRange(String value) {
        RequestLimitsConfig config =
                Settings.of(RequestLimitsConfig.class, Map.of("millrace.api.gate.body-timeout", value));

        assertThatThrownBy(() -> RequestLimitsSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.gate.body-timeout is " + value);
    }
}
