package dev.millrace.listen;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.8.8"})
    void letsAServiceListenWhereOnlyThisMachineIs(String host) {
        assertThatCode(() -> LoopbackOnly.check(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "no such host"})
    void stopsAServiceThatOthersCouldReach(String host) {
        assertThatThrownBy(() -> LoopbackOnly.check(host))
                .hasMessageContaining("'" + host + "'")
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("MILLRACE_ACCESS_ENABLED=true");
    }
}
