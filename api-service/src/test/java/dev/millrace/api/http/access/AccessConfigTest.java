package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {

    private static final String TOKEN = "millrace.api.access.admin-token";
    private static final String STRONG = "0123456789abcdef0123456789abcdef";

    @Test
    void isOnAndHasNoTokenByDefault() {
        AccessSettings settings = AccessSettings.of(Settings.of(AccessConfig.class, Map.of()));

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.adminToken()).isEmpty();
    }

    @Test
    void mapsEveryKey() {
        AccessSettings settings = AccessSettings.of(
                Settings.of(AccessConfig.class, Map.of("millrace.api.access.enabled", "false", TOKEN, STRONG)));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.adminToken()).contains(TokenHash.of(STRONG));
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
