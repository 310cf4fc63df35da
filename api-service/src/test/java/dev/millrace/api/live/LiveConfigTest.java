package dev.millrace.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveConfigTest {

    @Test
    void isWithinItsRulesByDefault() {
        LiveSettings settings = LiveSettings.of(Settings.of(LiveConfig.class, Map.of()));

        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.clientEvents()).isEqualTo(256);
        assertThat(settings.clientBytes()).isEqualTo(256 << 10);
        assertThat(settings.recentEvents()).isEqualTo(65_536);
        assertThat(settings.recentBytes()).isEqualTo(64 << 20);
        assertThat(settings.searchedEntries()).isEqualTo(100_000);
    }

    @Test
    void mapsEveryKey() {
        LiveSettings settings = LiveSettings.of(Settings.of(
                LiveConfig.class,
                Map.of(
                        "millrace.api.live.heartbeat", "PT2S",
                        "millrace.api.live.client-events", "3",
                        "millrace.api.live.client-bytes", "4096",
                        "millrace.api.live.recent-events", "5",
                        "millrace.api.live.recent-bytes", "6000",
                        "millrace.api.live.searched-entries", "7")));

        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.clientEvents()).isEqualTo(3);
        assertThat(settings.clientBytes()).isEqualTo(4096);
        assertThat(settings.recentEvents()).isEqualTo(5);
        assertThat(settings.recentBytes()).isEqualTo(6000);
        assertThat(settings.searchedEntries()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "heartbeat, PT0.5S",
        "heartbeat, PT6M",
        "client-events, 0",
        "client-bytes, 100",
        "recent-events, 0",
        "recent-bytes, -1",
        "searched-entries, -1"
    })
    void refusesWhatIsOutOfRange(String key, String value) {
        LiveConfig config = Settings.of(LiveConfig.class, Map.of("millrace.api.live." + key, value));

        assertThatThrownBy(() -> LiveSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.api.live." + key + " is " + value);
    }
}
