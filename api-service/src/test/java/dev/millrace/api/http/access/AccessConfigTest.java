package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import dev.millrace.api.http.access.credential.TokenHash;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {

    private static final String TOKEN = "millrace.api.access.admin-token";
    private static final String LIFETIME = "millrace.api.access.session-lifetime";
    private static final String REQUESTS = "millrace.api.access.requests-per-second";
    private static final String STRONG = "0123456789abcdef0123456789abcdef";

    @Test
    void isOnAndHasNoTokenByDefault() {
        AccessSettings settings = AccessSettings.of(Settings.of(AccessConfig.class, Map.of()));

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.adminToken()).isEmpty();
        assertThat(settings.sessionLifetime()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.requestsPerSecond()).isEqualTo(1_000);
    }

    @Test
    void mapsEveryKey() {
        AccessSettings settings = AccessSettings.of(Settings.of(
                AccessConfig.class,
                Map.of("millrace.api.access.enabled", "false", TOKEN, STRONG, LIFETIME, "PT1M", REQUESTS, "7")));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.adminToken()).contains(TokenHash.of(STRONG));
        assertThat(settings.sessionLifetime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.requestsPerSecond()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000001"})
    void refusesARateThatIsNone(String rate) {
        AccessConfig config = Settings.of(AccessConfig.class, Map.of(REQUESTS, rate));

        assertThatThrownBy(() -> AccessSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(REQUESTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "P7DT1S"})
    void refusesASessionThatIsTooShortOrTooLong(String lifetime) {
        AccessConfig config = Settings.of(AccessConfig.class, Map.of(LIFETIME, lifetime));

        assertThatThrownBy(() -> AccessSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(LIFETIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "0123456789abcdef0123456789abcde",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "01234567 9abcdef0123456789abcdef",
                "012345678901234567890123456789\u00e4\u00f6"
            })
    void refusesATokenThatCanBeGuessedAndDoesNotQuoteIt(String weak) {
        AccessConfig config = Settings.of(AccessConfig.class, Map.of(TOKEN, weak));

        assertThatThrownBy(() -> AccessSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_ADMIN_TOKEN")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(weak));
    }
}
