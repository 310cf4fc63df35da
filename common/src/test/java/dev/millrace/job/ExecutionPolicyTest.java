package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.retry.RetryOverride;
import dev.millrace.retry.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutionPolicyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ExecutionPolicy TERMS =
            new ExecutionPolicy(MINUTE, Duration.ofSeconds(50), RetryPolicy.DEFAULT);

    @Test
    void areLeftByAnOverrideThatSaysNothing() {
        assertThat(PolicyOverride.NONE.over(TERMS)).isEqualTo(TERMS);
        assertThat(PolicyOverride.of(TERMS).over(ExecutionPolicy.DEFAULT)).isEqualTo(TERMS);
    }

    @Test
    void areReplacedPartByPart() {
        RetryOverride twice = new RetryOverride(2, null, null, null, null, null);
        assertThat(new PolicyOverride(Duration.ofHours(1), null, twice).over(TERMS))
                .isEqualTo(new ExecutionPolicy(
                        Duration.ofHours(1), Duration.ofSeconds(50), twice.over(RetryPolicy.DEFAULT)));
    }

    @Test
    void dropASoftLimitThatComesTooLate() {
        assertThat(limits(Duration.ofSeconds(50), null).over(TERMS).softTimeout())
                .isNull();
        assertThat(limits(null, MINUTE).over(TERMS).softTimeout()).isNull();
        assertThat(limits(Duration.ofSeconds(51), null).over(TERMS).softTimeout())
                .isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void keepLimitsToTheMillisecond() {
        assertThat(limits(Duration.ofNanos(1_999_999), null).timeout()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void refuseLimitsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(Duration.ofNanos(999_999), null))
                .withMessage("The timeout must be PT0.001S to PT8784H, not PT0.000999999S.");
        assertThatIllegalArgumentException().isThrownBy(() -> limits(Duration.ofDays(367), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(MINUTE, MINUTE))
                .withMessage("The softTimeout (PT1M) must be shorter than the timeout (PT1M).");
        assertThatIllegalArgumentException().isThrownBy(() -> new ExecutionPolicy(MINUTE, MINUTE, RetryPolicy.DEFAULT));
    }

    private static PolicyOverride limits(@Nullable Duration timeout, @Nullable Duration softTimeout) {
        return new PolicyOverride(timeout, softTimeout, RetryOverride.NONE);
    }
}
