package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundConfigTest {

    @Test
    void isClosedByDefault() {
        OutboundConfig config = LocalWeb.config(Map.of());

        assertThat(config.allowLoopback()).isFalse();
        assertThat(config.allowAddresses()).isEmpty();
        assertThat(OutboundLimits.of(config))
                .isEqualTo(new OutboundLimits(
                        Set.of(80, 443),
                        false,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        10L << 20,
                        3,
                        100));
    }

    @Test
    void mapsEveryKey() {
        OutboundConfig config = LocalWeb.config(LocalWeb.loopbackAnd(Map.of(
                "allow-addresses", "10.0.0.0/8,fd00::/8",
                "ports", "8080",
                "connect-timeout", "PT1S",
                "idle-timeout", "PT2S",
                "total-timeout", "PT4S",
                "max-bytes", "1K",
                "max-redirects", "0",
                "max-inflate-ratio", "7")));

        assertThat(config.allowLoopback()).isTrue();
        assertThat(config.allowAddresses()).hasValue(List.of("10.0.0.0/8", "fd00::/8"));
        assertThat(OutboundLimits.of(config))
                .isEqualTo(new OutboundLimits(
                        Set.of(8080),
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        1024,
                        0,
                        7));
    }

    @ParameterizedTest
    @CsvSource({
        "ports, 0", "ports, 65536", "connect-timeout, PT0S", "idle-timeout, PT-1S", "total-timeout, PT0S",
        "total-timeout, PT2S", "max-bytes, 0", "max-redirects, 11", "max-redirects, -1", "max-inflate-ratio, 0"
    })
    void refusesWhatMakesNoSense(String key, String value) {
        assertThatThrownBy(() -> LocalWeb.loopbackClient(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.worker.outbound." + key);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0", "10.0.0.1/8", "10.0.0.0/33", "localhost/8", "::1/129", "fd00::1/8", "300.1.1.1/32"})
    void refusesWhatIsNoBlockOfAddresses(String block) {
        assertThatThrownBy(() -> LocalWeb.loopbackClient(Map.of("allow-addresses", block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no block of addresses");
    }
}
