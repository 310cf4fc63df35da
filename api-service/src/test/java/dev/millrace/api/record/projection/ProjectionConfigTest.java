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
        ProjectionConfig config = Settings.of(ProjectionConfig.class, Map.of());

        ProjectionConfig.check(config);
        assertThat(config.batch()).isEqualTo(500);
        assertThat(config.claimIdle()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.keep()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.keepBytes()).isEqualTo(256 << 20);
    }

    @Test
    void mapsEveryKey() {
        ProjectionConfig config = Settings.of(
                ProjectionConfig.class,
                Map.of(
                        "millrace.api.projection.batch", "7",
                        "millrace.api.projection.claim-idle", "PT3S",
                        "millrace.api.projection.keep", "PT0S",
                        "millrace.api.projection.keep-bytes", "2000000"));

        ProjectionConfig.check(config);
        assertThat(config.batch()).isEqualTo(7);
        assertThat(config.claimIdle()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.keep()).isZero();
        assertThat(config.keepBytes()).isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @CsvSource({"batch, 0", "batch, 5001", "claim-idle, PT0.9S", "claim-idle, PT2H", "keep, PT-1S", "keep-bytes, 1"})
    void refusesWhatIsOutOfRange(String key, String value) {
        ProjectionConfig config = Settings.of(ProjectionConfig.class, Map.of("millrace.api.projection." + key, value));

        assertThatThrownBy(() -> ProjectionConfig.check(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.projection." + key + " is " + value);
    }
}
