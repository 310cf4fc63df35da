package dev.millrace.api.service.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionConfigTest {

    @Test
    void isWithinItsRulesByDefault() {
        RetentionSettings settings = RetentionSettings.of(Settings.of(RetentionConfig.class, Map.of()));

        assertThat(settings.jobs()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.ignored()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.deadLetters()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.fires()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.quarantine()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void mapsEveryKey() {
        RetentionSettings settings = RetentionSettings.of(Settings.of(
                RetentionConfig.class,
                Map.of(
                        "millrace.api.retention.jobs", "P2D",
                        "millrace.api.retention.ignored", "PT25H",
                        "millrace.api.retention.dead-letters", "P90D",
                        "millrace.api.retention.fires", "P3D",
                        "millrace.api.retention.quarantine", "P4D")));

        assertThat(settings.jobs()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.ignored()).isEqualTo(Duration.ofHours(25));
        assertThat(settings.deadLetters()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.fires()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.quarantine()).isEqualTo(Duration.ofDays(4));
    }

    @ParameterizedTest
    @CsvSource({
        "jobs, PT23H59M",
        "jobs, PT87600H1S",
        "ignored, PT0S",
        "dead-letters, PT23H",
        "fires, PT1H",
        "quarantine, PT-1S",
    })
    void refusesWhatIsOutOfRange(String key, String value) {
        RetentionConfig config = Settings.of(RetentionConfig.class, Map.of("millrace.api.retention." + key, value));

        assertThatThrownBy(() -> RetentionSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.retention." + key + " is " + value);
    }
}
