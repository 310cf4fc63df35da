package dev.millrace.api.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

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
        assertThat(Authorization.token(List.of(header))).contains(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "Bearer", "Basic !!!", "Digest abc", "Token abc"})
    void anythingElseIsNoToken(String header) {
        assertThat(Authorization.token(List.of(header))).contains("");
    }

    @Test
    void nothingIsShownWithoutAHeader() {
        assertThat(Authorization.token(List.of())).isEmpty();
    }

    @Test
    void twoHeadersAreNoToken() {
        assertThat(Authorization.token(List.of("Bearer abc", "Bearer abc"))).contains("");
    }
}
