package dev.millrace.api.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTypeTest {

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void tellsItsCauseAndItsCureInSentences(ProblemType type) {
        assertThat(type.title()).hasSizeBetween(8, 40).doesNotEndWith(".");
        assertThat(type.description()).hasSizeGreaterThan(25).endsWith(".");
        assertThat(type.cure()).hasSizeGreaterThan(25).endsWith(".").isNotEqualTo(type.description());
        assertThat(ProblemType.named(type.label())).contains(type);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void isAmongThoseOfItsStatus(ProblemType type) {
        assertThat(ProblemType.ofStatus(type.status()).status()).isEqualTo(type.status());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 200, 302, 500, 501, 502, 599})
    void isOurFaultIfItIsNoRefusal(int status) {
        assertThat(ProblemType.ofStatus(status)).isEqualTo(ProblemType.INTERNAL);
    }
}
