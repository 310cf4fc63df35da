package dev.millrace.api.http.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcConfigTest {

    private static final String PREFIX = "millrace.api.oidc.";
    private static final Map<String, String> LEAST =
            Map.of(PREFIX + "issuer", "https://id.example.org/realms/a", PREFIX + "audience", "millrace");

    private static OidcConfig config(Map<String, String> keys) {
        return Settings.of(OidcConfig.class, keys);
    }

    @Test
    void isOffByDefault() {
        assertThat(OidcSettings.of(config(Map.of()))).isEmpty();
    }

    @Test
    void needsAnIssuerAndAnAudience() {
        assertThat(OidcSettings.of(config(LEAST))).hasValueSatisfying(settings -> {
            assertThat(settings.issuer()).isEqualTo("https://id.example.org/realms/a");
            assertThat(settings.audience()).isEqualTo("millrace");
            assertThat(settings.jwksUri()).isEmpty();
            assertThat(settings.nameClaim()).isEqualTo("sub");
            assertThat(settings.tenantClaim()).isEqualTo("tenant");
            assertThat(settings.roleClaim()).isEqualTo("roles");
            assertThat(settings.rolePrefix()).isEqualTo("millrace-");
        });
    }

    @Test
    void mapsEveryKey() {
        Map<String, String> all = new HashMap<>(LEAST);
        all.put(PREFIX + "jwks-uri", "http://127.0.0.1:99/keys");
        all.put(PREFIX + "name-claim", "email");
        all.put(PREFIX + "tenant-claim", "org");
        all.put(PREFIX + "role-claim", "realm_access.roles");
        all.put(PREFIX + "role-prefix", "mr:");

        assertThat(OidcSettings.of(config(all))).hasValueSatisfying(settings -> {
            assertThat(settings.jwksUri()).hasValue("http://127.0.0.1:99/keys");
            assertThat(settings.nameClaim()).isEqualTo("email");
            assertThat(settings.tenantClaim()).isEqualTo("org");
            assertThat(settings.roleClaim()).isEqualTo("realm_access.roles");
            assertThat(settings.rolePrefix()).isEqualTo("mr:");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://id.example.org",
        "issuer, id.example.org",
        "issuer, https://user@id.example.org",
        "issuer, https://id.example.org/#a",
        "issuer, ftp://127.0.0.1",
        "issuer, 'https://id example'",
        "jwks-uri, http://10.0.0.1/keys",
        "audience, ' '",
        "name-claim, ' '",
        "tenant-claim, ' '",
        "role-claim, ' '"
    })
    void refusesWhatCannotBeTrustedAndNamesTheKey(String key, String value) {
        Map<String, String> wrong = new HashMap<>(LEAST);
        wrong.put(PREFIX + key, value);
        OidcConfig config = config(wrong);

        assertThatThrownBy(() -> OidcSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + key);
    }
}
