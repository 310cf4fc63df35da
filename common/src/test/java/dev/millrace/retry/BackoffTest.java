package dev.millrace.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void doublesByDefaultUpToTenMinutes() {
        List<Long> seconds = new ArrayList<>();
        for (int attempt = 1; attempt <= 12; attempt++) {
            seconds.add(Backoff.DEFAULT.ceilingAfter(attempt).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 600L, 600L);
    }

    @Test
    void waitsItsWholeLengthWithoutJitter() {
        Backoff steady = new Backoff(BackoffType.EXPONENTIAL, Duration.ofMillis(200), 1.5, TEN_MINUTES, Jitter.NONE);
        assertThat(steady.delayAfter(1, random)).isEqualTo(Duration.ofMillis(200));
        assertThat(steady.delayAfter(2, random)).isEqualTo(Duration.ofMillis(300));
        assertThat(steady.delayAfter(3, random)).isEqualTo(Duration.ofMillis(450));
    }

    @Test
    void waitsTheSameEachTimeIfFixed() {
        Backoff fixed = new Backoff(BackoffType.FIXED, SECOND, 50, TEN_MINUTES, Jitter.NONE);
        assertThat(fixed.delayAfter(1, random)).isEqualTo(SECOND);
        assertThat(fixed.delayAfter(1_000, random)).isEqualTo(SECOND);
    }

    @Test
    void drawsEvenlyFromZeroToTheWholeLength() {
        int draws = 100_000;
        int[] tenths = new int[10];
        long longest = 0;
        for (int i = 0; i < draws; i++) {
            long millis = Backoff.DEFAULT.delayAfter(5, random).toMillis();
            longest = Math.max(longest, millis);
            tenths[(int) Math.min(9, millis * 10 / 16_000)]++;
        }
        assertThat(longest).isLessThanOrEqualTo(16_000).isGreaterThan(15_900);
        // ten times the standard deviation of a bin of a uniform distribution, sqrt(n·p·(1-p)) = 95
        for (int count : tenths) {
            assertThat(count).isBetween(draws / 10 - 950, draws / 10 + 950);
        }
    }

    @Test
    void doesNotOverflowHoweverOftenItFailed() {
        Backoff steep = new Backoff(BackoffType.EXPONENTIAL, Backoff.LONGEST, 100, Backoff.LONGEST, Jitter.NONE);
        assertThat(steep.ceilingAfter(Integer.MAX_VALUE)).isEqualTo(Backoff.LONGEST);
        assertThat(Backoff.DEFAULT.ceilingAfter(Integer.MAX_VALUE)).isEqualTo(TEN_MINUTES);
    }

    @Test
    void staysAtNothingIfItBeginsThere() {
        Backoff atOnce = new Backoff(BackoffType.EXPONENTIAL, Duration.ZERO, 100, TEN_MINUTES, Jitter.FULL);
        assertThat(atOnce.ceilingAfter(Integer.MAX_VALUE)).isZero();
        assertThat(atOnce.delayAfter(1, random)).isZero();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(SECOND, 0.9, TEN_MINUTES))
                .withMessage("The back-off's factor must be 1 to 100, not 0.9.");
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(SECOND, Double.NaN, TEN_MINUTES));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(SECOND, 100.5, TEN_MINUTES));
        assertThatIllegalArgumentException().isThrownBy(() -> backoff(Duration.ofMillis(-1), 2, TEN_MINUTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(SECOND, 2, Duration.ofDays(31)))
                .withMessage("The back-off's max must be PT0S to PT720H, not PT744H.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff(TEN_MINUTES, 2, SECOND))
                .withMessage("The back-off's base (PT10M) must not be longer than its max (PT1S).");
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.DEFAULT.ceilingAfter(0));
    }

    @ParameterizedTest
    @EnumSource
    void knowsATypeByItsLabel(BackoffType type) {
        assertThat(BackoffType.ofLabel(type.label())).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource
    void knowsAJitterByItsLabel(Jitter jitter) {
        assertThat(Jitter.ofLabel(jitter.label())).isEqualTo(jitter);
    }

    private static Backoff backoff(Duration base, double factor, Duration max) {
        return new Backoff(BackoffType.EXPONENTIAL, base, factor, max, Jitter.FULL);
    }
}
