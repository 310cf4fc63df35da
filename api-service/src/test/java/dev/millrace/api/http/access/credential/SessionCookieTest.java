package dev.millrace.api.http.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "millrace.localhost", "127.0.0.1", "127.3.2.1", "::1", "[::1]"})
    void goesWithoutTlsOnLoopbackOnly(String host) {
        assertThat(SessionCookie.of("http", host, true)).isEqualTo(SessionCookie.ON_LOOPBACK);
        assertThat(SessionCookie.of("http", host, false)).isEqualTo(SessionCookie.BY_TLS);
        assertThat(SessionCookie.of("https", host, true)).isEqualTo(SessionCookie.BY_TLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "127.0.0.1.example.org", "localhost.example.org", "1.127.0.0.1", "10.0.0.1"})
    void needsTlsWhateverElseTheHostIsCalled(String host) {
        assertThat(SessionCookie.of("http", host, true)).isEqualTo(SessionCookie.BY_TLS);
        assertThat(SessionCookie.of(null, null, true)).isEqualTo(SessionCookie.BY_TLS);
    }

    @Test
    void isOnlyForTheBrowserAndForCallsFromItsOwnSite() {
        assertThat(SessionCookie.BY_TLS.given("abc", Duration.ofHours(12)))
                .isEqualTo("__Host-millrace=abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
        assertThat(SessionCookie.ON_LOOPBACK.given("abc", Duration.ofSeconds(1)))
                .isEqualTo("millrace=abc; Path=/; Max-Age=1; HttpOnly; SameSite=Strict");
        assertThat(SessionCookie.BY_TLS.taken())
                .isEqualTo("__Host-millrace=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void isFoundAmongOthersByItsOwnNameOnly() {
        assertThat(SessionCookie.BY_TLS.values(
                        List.of("a=b; __Host-millrace=one;millrace=two", "x__Host-millrace=three")))
                .containsExactly("one");
        assertThat(SessionCookie.ON_LOOPBACK.values(List.of("__Host-millrace=one; millrace=two; millrace=three")))
                .containsExactly("two", "three");
        assertThat(SessionCookie.BY_TLS.values(List.of("", ";;", "__Host-millrace")))
                .isEmpty();
    }
}
