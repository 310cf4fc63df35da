package dev.millrace.api.base.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateTest {

    private static final long BEGIN = 5_000_000_000L;

    private static long at(double seconds) {
        return BEGIN + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void letsThroughWhatComesInASecondAndThenAsItComes() {
        Rate rate = new Rate(10, BEGIN);

        for (int i = 0; i < 10; i++) {
            assertThat(rate.take(1, at(0))).isZero();
        }
        assertThat(rate.take(1, at(0))).isEqualTo(1);
        assertThat(rate.take(1, at(0.09))).isEqualTo(1);
        assertThat(rate.take(1, at(0.11))).isZero();
        assertThat(rate.take(1, at(0.11))).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanASecondHoweverLongNothingCame() {
        Rate rate = new Rate(3, BEGIN);

        assertThat(rate.take(3, at(1_000))).isZero();
        assertThat(rate.take(1, at(1_000))).isEqualTo(1);
    }

    @Test
    void aCallForMoreThanASecondIsPaidForByThoseBehindIt() {
        Rate rate = new Rate(100, BEGIN);

        assertThat(rate.take(1_000, at(0))).isZero();
        assertThat(rate.take(1, at(0))).isEqualTo(10);
        assertThat(rate.take(1, at(8.9))).isEqualTo(1);
        assertThat(rate.take(1, at(9.02))).isZero();
        assertThat(rate.take(1_000, at(9.5))).isEqualTo(1);
        assertThat(rate.take(1_000, at(10.1))).isZero();
    }
}
