package dev.millrace.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryOverrideTest {

    private static final RetryPolicy POLICY = new RetryPolicy(
            9, new Backoff(BackoffType.FIXED, Duration.ofSeconds(3), 4, Duration.ofMinutes(5), Jitter.NONE));

    @Test
    void changesNothingIfItSaysNothing() {
        assertThat(RetryOverride.NONE.over(POLICY)).isEqualTo(POLICY);
        assertThat(RetryOverride.NONE.isEmpty()).isTrue();
    }

    @Test
    void replacesEverythingIfItSaysAll() {
        assertThat(RetryOverride.of(POLICY).over(RetryPolicy.DEFAULT)).isEqualTo(POLICY);
    }

    @Test
    void leavesEachPartThatItDoesNotName() {
        assertThat(new RetryOverride(2, null, null, null, null, null).over(POLICY))
                .isEqualTo(new RetryPolicy(2, POLICY.backoff()));
        assertThat(new RetryOverride(null, BackoffType.EXPONENTIAL, null, 7.0, null, Jitter.FULL)
                        .over(POLICY)
                        .backoff())
                .isEqualTo(new Backoff(
                        BackoffType.EXPONENTIAL, Duration.ofSeconds(3), 7, Duration.ofMinutes(5), Jitter.FULL));
    }

    @Test
    void drawsTheOtherBoundAlong() {
        Duration hour = Duration.ofHours(1);
        Duration second = Duration.ofSeconds(1);
        assertThat(waits(hour, null).over(POLICY).backoff().max()).isEqualTo(hour);
        assertThat(waits(null, second).over(POLICY).backoff().base()).isEqualTo(second);
        assertThat(waits(second, null).over(POLICY).backoff().max()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void refusesWhatNoPolicyCouldHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryOverride(0, null, null, null, null, null))
                .withMessage("maxAttempts must be 1 to 10000, the first one included, not 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryOverride(null, null, null, 0.0, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> waits(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> waits(Duration.ofSeconds(-2), null));
    }

    private static RetryOverride waits(@Nullable Duration base, @Nullable Duration max) {
        return new RetryOverride(null, null, base, null, max, null);
    }
}
