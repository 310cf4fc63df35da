package dev.millrace.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT5M, 2026-03-28T12:00:00Z, 2026-03-28T12:05:00Z",
        "PT5M, 2026-03-28T11:59:59.999999999Z, 2026-03-28T12:00:00Z",
        "PT5M, 2026-03-28T12:00:00.000000001Z, 2026-03-28T12:05:00Z",
        "PT5M, 2026-03-28T12:04:59.999999999Z, 2026-03-28T12:05:00Z",
        "PT7H, 2026-03-28T11:00:00Z, 2026-03-28T12:00:00Z",
        "PT7H, 2026-03-28T04:59:00Z, 2026-03-28T05:00:00Z",
        "P1D, 2026-03-28T12:00:00Z, 2026-03-29T12:00:00Z",
        "PT1S, 9998-12-31T23:59:59.5Z, 9999-01-01T00:00:00Z",
        "P3660D, 1970-01-01T00:00:00Z, 1976-02-19T12:00:00Z",
    })
    void firesAtMultiplesToBothSidesOfItsAnchor(Duration interval, Instant after, Instant next) {
        assertThat(new Every(interval, NOON).next(after)).contains(Occurrence.utc(next));
    }

    /** The definition: a whole number of intervals from the anchor, after the instant, and not later than need be. */
    @Test
    void isOnTheGridFromAnyStartOverSevenThousandYears() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            Every every = new Every(
                    Duration.ofSeconds(random.nextLong(1, 400_000_000L) % (1L << random.nextInt(1, 28)) + 1),
                    Instant.ofEpochMilli(random.nextLong(200_000_000_000_000L)));
            Instant after = Instant.ofEpochSecond(random.nextLong(220_000_000_000L), random.nextInt(1_000_000_000));
            Instant next = every.next(after).orElseThrow().at();
            assertThat(next).isAfter(after).isBeforeOrEqualTo(after.plus(every.interval()));
            assertThat(Duration.between(every.anchor(), next).toMillis()
                            % every.interval().toMillis())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1.5S", "P3660DT1S"})
    void refusesAnIntervalThatIsTooShortTooLongOrBroken(Duration interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Every(interval, NOON))
                .withMessage("The interval must be whole seconds, PT1S to PT87840H, not %s.".formatted(interval));
    }

    @Test
    void refusesAnAnchorThatNoCalendarOfFourDigitsHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Every(Duration.ofSeconds(1), Instant.MAX))
                .withMessageContaining("The anchor must lie between 1970-01-01T00:00:00Z and 9999-12-31T00:00:00Z");
    }

    @Test
    void cutsItsAnchorToMilliseconds() {
        assertThat(new Every(Duration.ofSeconds(1), NOON.plusNanos(1_999_999)).anchor())
                .isEqualTo(NOON.plusMillis(1));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, every second",
        "PT90S, every 1 minute 30 seconds",
        "PT5M, every 5 minutes",
        "PT1H, every hour",
        "P1D, every day",
        "P2DT3H4M5S, every 2 days 3 hours 4 minutes 5 seconds",
        "PT24H, every day",
    })
    void saysHowLong(Duration interval, String words) {
        assertThat(new Every(interval, NOON).description()).isEqualTo(words);
    }
}
