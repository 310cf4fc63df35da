package dev.millrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.schedule.cron.DayMatch;
import dev.millrace.schedule.trigger.Cron;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Occurrence;
import dev.millrace.schedule.trigger.Once;
import dev.millrace.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    private static final Every HOURLY = new Every(Duration.ofHours(1), NOON);

    @Test
    void hasItsBoundsInTime() {
        Plan plan = bounded(HOURLY, NOON, NOON.plusSeconds(7_200));
        assertThat(plan.from(Instant.EPOCH).map(Occurrence::at))
                .containsExactly(NOON, NOON.plusSeconds(3_600), NOON.plusSeconds(7_200));
    }

    @Test
    void comesStrictlyAfterWhatItIsAskedAndBeginsWithIt() {
        Plan plan = Plan.of(HOURLY);
        assertThat(plan.next(NOON)).contains(Occurrence.utc(NOON.plusSeconds(3_600)));
        assertThat(plan.from(NOON).findFirst()).contains(Occurrence.utc(NOON));
        assertThat(plan.preview(NOON).findFirst()).contains(Occurrence.utc(NOON));
    }

    @Test
    void computesOnlyWhatIsAskedFor() {
        Plan plan = Plan.of(new Every(Duration.ofSeconds(1), NOON));
        assertThat(plan.preview(NOON).limit(200)).hasSize(200);
    }

    @Test
    void takesTheAnchorOfAnEqualIntervalAndNothingElse() {
        Plan later = bounded(new Every(Duration.ofHours(1), NOON.plusSeconds(7)), NOON, null);

        assertThat(later.withAnchorOf(Plan.of(HOURLY))).isEqualTo(bounded(HOURLY, NOON, null));
        assertThat(later.withAnchorOf(Plan.of(new Every(Duration.ofHours(2), NOON))))
                .isEqualTo(later);
        assertThat(later.withAnchorOf(Plan.of(new Once(NOON)))).isEqualTo(later);
        assertThat(Plan.of(new Once(NOON)).withAnchorOf(later)).isEqualTo(Plan.of(new Once(NOON)));
    }

    @Test
    void answersAnyInstant() {
        assertThat(Plan.of(HOURLY).next(Instant.MAX)).isEmpty();
        assertThat(Plan.of(HOURLY).next(Instant.MIN)).contains(Occurrence.utc(Instant.EPOCH));
        assertThat(Plan.of(HOURLY).from(Instant.MIN).findFirst()).contains(Occurrence.utc(Instant.EPOCH));
        assertThat(Plan.of(HOURLY).preview(Instant.MAX)).isEmpty();
        assertThat(bounded(HOURLY, NOON, null).next(Instant.MIN)).contains(Occurrence.utc(NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T12:00:01Z, 2026-03-28T12:59:59Z",
        "2026-03-28T13:00:00Z, 2026-03-28T12:00:00Z",
    })
    void refusesToHaveNoTickBetweenItsBounds(Instant startAt, Instant endAt) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded(HOURLY, startAt, endAt))
                .withMessage("A schedule that fires every hour never fires between startAt (%s) and endAt (%s)."
                        .formatted(startAt, endAt));
    }

    @Test
    void refusesASingleTimeOutsideItsBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> bounded(new Once(NOON), NOON.plusSeconds(1), null));
        assertThatIllegalArgumentException().isThrownBy(() -> bounded(new Once(NOON), null, NOON.minusSeconds(1)));
    }

    @Test
    void refusesACronThatEndsBeforeItsRareDayComes() {
        Cron leapDay = Cron.of("0 0 29 2 *", "UTC", DayMatch.EITHER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bounded(leapDay, NOON, Instant.parse("2028-02-28T23:59:59Z")))
                .withMessageContaining("at 00:00 on day 29 of the month in February (UTC) never fires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P7DT1S"})
    void refusesAGraceOutOfBounds(Duration grace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> late(grace, Plan.DEFAULT_WINDOW))
                .withMessage("The misfireGrace must be PT0S to PT168H, not %s.".formatted(grace));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "P3660DT1S"})
    void refusesAWindowThatIsShorterThanTheGraceOrTooLong(Duration window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> late(Plan.DEFAULT_GRACE, window))
                .withMessage("The catchUpWindow must be PT1M to PT87840H, not %s.".formatted(window));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void refusesToCatchUpNothingOrTooMuch(int max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Misfire.FireAll(max))
                .withMessage("The max of fireAll must be 1 to 10000, not %d.".formatted(max));
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatOverlaps(Overlap overlap) {
        assertThat(Overlap.ofLabel(overlap.label())).isEqualTo(overlap);
        assertThatIllegalArgumentException().isThrownBy(() -> Overlap.ofLabel("queue"));
    }

    @Test
    void firesTheLatestOfAYearAfterAMinuteUnlessToldOtherwise() {
        assertThat(Plan.of(HOURLY))
                .isEqualTo(new Plan(
                        HOURLY,
                        null,
                        null,
                        new Misfire.FireOnce(),
                        Duration.ofMinutes(1),
                        Duration.ofDays(365),
                        Overlap.ALLOW));
        assertThat(List.of(new Misfire.FireOnce().most(), new Misfire.Skip().most()))
                .containsExactly(1, 0);
    }

    private static Plan bounded(Trigger trigger, @Nullable Instant startAt, @Nullable Instant endAt) {
        return new Plan(
                trigger, startAt, endAt, new Misfire.Skip(), Plan.DEFAULT_GRACE, Plan.DEFAULT_WINDOW, Overlap.ALLOW);
    }

    private static Plan late(Duration grace, Duration window) {
        return new Plan(HOURLY, null, null, new Misfire.Skip(), grace, window, Overlap.ALLOW);
    }
}
