package dev.millrace.api.http.access.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.base.config.Settings;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final String READER = "https://reader.example.org";
    private static final String CONSOLE = "https://console.example.org:8443";

    private final Origins origins = new Origins(new CorsSettings(Set.of(READER, CONSOLE), Set.of(CONSOLE)));

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "TRACE", "ANYTHING"})
    void aChangeIsForeignUnlessTheBrowserSaysThatItIsNot(String name) {
        HttpMethod method = HttpMethod.valueOf(name);

        assertThat(origins.isForeignChange(method, "same-origin", null)).isFalse();
        for (String site : new String[] {"same-site", "cross-site", "none", "", "Same-Origin", null}) {
            assertThat(origins.isForeignChange(method, site, null)).as(site).isTrue();
            assertThat(origins.isForeignChange(method, site, READER)).as(site).isTrue();
            assertThat(origins.isForeignChange(method, site, CONSOLE)).as(site).isFalse();
            assertThat(origins.isForeignChange(method, site, "https://console.example.org"))
                    .as(site)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void whoOnlyReadsMayComeFromAnywhere(String name) {
        assertThat(origins.isForeignChange(HttpMethod.valueOf(name), "cross-site", "https://evil.example"))
                .isFalse();
    }

    @Test
    void nobodyMayCallByDefault() {
        Origins none = new Origins(CorsSettings.of(Settings.of(CorsConfig.class, Map.of())));

        assertThat(none.areNamed()).isFalse();
        assertThat(none.mayCall(READER)).isFalse();
    }

    @Test
    void mapsEveryKey() {
        CorsSettings settings = CorsSettings.of(Settings.of(
                CorsConfig.class,
                Map.of("millrace.api.cors.origins", READER + "," + CONSOLE, "millrace.api.cors.credentials", CONSOLE)));

        assertThat(settings).isEqualTo(new CorsSettings(Set.of(READER, CONSOLE), Set.of(CONSOLE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*.example.org",
                "http://example.org",
                "https://example.org/",
                "https://example.org/path",
                "https://user@example.org",
                "HTTPS://example.org",
                "https://example.org:0",
                "/https:.*/"
            })
    void refusesWhatIsNoOrigin(String text) {
        assertThatThrownBy(() -> new CorsSettings(Set.of(text), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void refusesCredentialsOfAnOriginThatIsNotNamed() {
        assertThatThrownBy(() -> new CorsSettings(Set.of(READER), Set.of(CONSOLE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CONSOLE)
                .hasMessageContaining(READER);
    }
}
