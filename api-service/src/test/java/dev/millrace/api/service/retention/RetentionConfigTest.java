package dev.millrace.api.service.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import dev.millrace.job.JobState;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionConfigTest {

    @Test
    void isWithinItsRulesByDefault() {
        RetentionSettings settings = RetentionSettings.of(Settings.of(RetentionConfig.class, Map.of()));

        assertThat(settings.ended().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(JobState.values()).filter(JobState::ended).toList());
        assertThat(settings.ended().values()).containsOnly(Duration.ofDays(7));
        assertThat(settings.ignored()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.deadLetters()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.workflows()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.definitions()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.fires()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.bulkActions()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.quarantine()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void mapsEveryKey() {
        RetentionSettings settings = RetentionSettings.of(Settings.of(
                RetentionConfig.class,
                Map.ofEntries(
                        Map.entry("millrace.api.retention.jobs", "P2D"),
                        Map.entry("millrace.api.retention.succeeded", "P5D"),
                        Map.entry("millrace.api.retention.failed", "P6D"),
                        Map.entry("millrace.api.retention.timed-out", "P7D"),
                        Map.entry("millrace.api.retention.cancelled", "P8D"),
                        Map.entry("millrace.api.retention.ignored", "PT25H"),
                        Map.entry("millrace.api.retention.dead-letters", "P90D"),
                        Map.entry("millrace.api.retention.workflows", "P10D"),
                        Map.entry("millrace.api.retention.definitions", "P30D"),
                        Map.entry("millrace.api.retention.fires", "P3D"),
                        Map.entry("millrace.api.retention.bulk-actions", "P9D"),
                        Map.entry("millrace.api.retention.quarantine", "P4D"))));

        assertThat(settings.ended(JobState.SUCCEEDED)).isEqualTo(Duration.ofDays(5));
        assertThat(settings.ended(JobState.FAILED)).isEqualTo(Duration.ofDays(6));
        assertThat(settings.ended(JobState.TIMED_OUT)).isEqualTo(Duration.ofDays(7));
        assertThat(settings.ended(JobState.CANCELLED)).isEqualTo(Duration.ofDays(8));
        assertThat(settings.ended(JobState.EXPIRED)).isEqualTo(Duration.ofDays(2));
        assertThat(settings.ignored()).isEqualTo(Duration.ofHours(25));
        assertThat(settings.deadLetters()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.workflows()).isEqualTo(Duration.ofDays(10));
        assertThat(settings.definitions()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.fires()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.bulkActions()).isEqualTo(Duration.ofDays(9));
        assertThat(settings.quarantine()).isEqualTo(Duration.ofDays(4));
    }

    @ParameterizedTest
    @CsvSource({
        "jobs, PT23H59M",
        "jobs, PT87600H1S",
        "succeeded, PT1H",
        "timed-out, PT87600H1S",
        "ignored, PT0S",
        "dead-letters, PT23H",
        "workflows, PT1H",
        "definitions, PT1H",
        "fires, PT1H",
        "bulk-actions, PT1H",
        "quarantine, PT-1S",
    })
    void refusesWhatIsOutOfRange(String key, String value) {
        RetentionConfig config = Settings.of(RetentionConfig.class, Map.of("millrace.api.retention." + key, value));

        assertThatThrownBy(() -> RetentionSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.retention." + key + " is " + value);
    }
}
