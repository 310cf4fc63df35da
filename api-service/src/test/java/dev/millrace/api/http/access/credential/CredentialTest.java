package dev.millrace.api.http.access.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.http.access.credential.Credential.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Bearer abc,abc",
                "bearer abc,abc",
                "BEARER   abc ,abc",
                "Basic dXNlcjphYmM=,abc",
                "basic OmFiYw==,abc",
                "Basic dXNlcjphOmI=,a:b"
            })
    void showsATokenBehindBearerOrAsAPassword(String header, String token) {
        assertThat(Credential.inHeaders(List.of(header)).text()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "Bearer", "Basic !!!", "Digest abc", "Token abc"})
    void anythingElseIsNoToken(String header) {
        assertThat(Credential.inHeaders(List.of(header)).text()).isEmpty();
    }

    @Test
    void twoHeadersAreNoToken() {
        assertThat(Credential.inHeaders(List.of("Bearer abc", "Bearer abc")).text())
                .isEmpty();
    }

    @Test
    void aCookieIsShownUnlessThereAreTwo() {
        assertThat(Credential.inCookies(List.of())).isEmpty();
        assertThat(Credential.inCookies(List.of("abc"))).contains(new Credential("abc", Kind.COOKIE));
        assertThat(Credential.inCookies(List.of("abc", "abc"))).contains(new Credential("", Kind.COOKIE));
    }

    @Test
    void doesNotTellItsText() {
        assertThat(new Credential("abc", Kind.BEARER).toString()).doesNotContain("abc");
    }
}
