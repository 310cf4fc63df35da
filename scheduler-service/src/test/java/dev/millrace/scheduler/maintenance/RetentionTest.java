package dev.millrace.scheduler.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {

    @Test
    void keepsFiresForAWeekByDefault() {
        assertThat(retention(Map.of())).isEqualTo(new Retention(Duration.ofDays(7)));
    }

    @Test
    void mapsEveryKey() {
        assertThat(retention(Map.of("millrace.scheduler.retention.fires", "P1D")))
                .isEqualTo(new Retention(Duration.ofDays(1)));
    }

    @Test
    void refusesWhatWouldLeaveNothingToLookAt() {
        assertThatThrownBy(() -> retention(Map.of("millrace.scheduler.retention.fires", "PT59M")))
                .hasMessageContaining("millrace.scheduler.retention.fires is PT59M: it must be PT1H or more.");
    }

    private static Retention retention(Map<String, String> keys) {
        return Retention.of(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RetentionConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(RetentionConfig.class));
    }
}
