package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionConfigTest {

    @Test
    void isWithinItsRulesByDefault() {
        ProjectionSettings settings = ProjectionSettings.of(Settings.of(ProjectionConfig.class, Map.of()));

        assertThat(settings.batch()).isEqualTo(500);
        assertThat(settings.claimIdle()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.keep()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.keepBytes()).isEqualTo(256 << 20);
    }

    @Test
    void mapsEveryKey() {
        ProjectionSettings settings = ProjectionSettings.of(Settings.of(
                ProjectionConfig.class,
                Map.of(
                        "millrace.api.projection.batch", "7",
                        "millrace.api.projection.claim-idle", "PT3S",
                        "millrace.api.projection.keep", "PT0S",
                        "millrace.api.projection.keep-bytes", "2000000")));

        assertThat(settings.batch()).isEqualTo(7);
        assertThat(settings.claimIdle()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.keep()).isZero();
        assertThat(settings.keepBytes()).isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @CsvSource({"batch, 0", "batch, 5001", "claim-idle, PT0.9S", "claim-idle, PT2H", "keep, PT-1S", "keep-bytes, 1"})
    void refusesWhatIsOutOfRange(String key, String value) {
        ProjectionConfig config = Settings.of(ProjectionConfig.class, Map.of("millrace.api.projection." + key, value));

        assertThatThrownBy(() -> ProjectionSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.projection." + key + " is " + value);
    }
}
