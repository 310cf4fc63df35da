package dev.millrace.scheduler.timers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimersConfigTest {

    @Test
    void looksTwiceASecondByDefault() {
        assertThat(settings(Map.of()))
                .isEqualTo(new TimerSettings(250, Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    @Test
    void mapsEveryKey() {
        assertThat(settings(Map.of("batch", "10", "look", "PT2S", "take-over", "PT1M")))
                .isEqualTo(new TimerSettings(10, Duration.ofSeconds(2), Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "batch, 0, 'millrace.scheduler.timers.batch is 1 to 250, not 0.'",
        "batch, 251, not 251",
        "look, PT0S, millrace.scheduler.timers.look must be",
        "take-over, PT0.5S, millrace.scheduler.timers.take-over (PT0.5S)"
    })
    void refusesWhatMakesNoSense(String key, String value, String sentence) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static TimerSettings settings(Map<String, String> given) {
        Map<String, String> keys = new HashMap<>();
        given.forEach((key, value) -> keys.put("millrace.scheduler.timers." + key, value));
        TimersConfig config = new SmallRyeConfigBuilder()
                .withMapping(TimersConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(TimersConfig.class);
        return TimerSettings.of(config);
    }
}
