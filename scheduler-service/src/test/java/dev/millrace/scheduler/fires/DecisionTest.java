package dev.millrace.scheduler.fires;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.Misfire;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.trigger.Every;
import dev.millrace.schedule.trigger.Once;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    @Test
    void firesWhatIsDueAndGoesOnToTheNextTick() {
        Decision decision = Decision.of(seconds(new Misfire.FireOnce()), NOON, NOON.plusMillis(2_500), 1_000);

        assertThat(decision).isEqualTo(new Decision(0, List.of(), ticks(0, 2), NOON.plusSeconds(3), null));
    }

    @Test
    void comesToAnEnd() {
        Decision decision = Decision.of(Plan.of(new Once(NOON)), NOON, NOON, 1_000);

        assertThat(decision).isEqualTo(new Decision(0, List.of(), List.of(NOON), null, null));
    }

    @Test
    void countsMissedTicksAndShowsTheLatestThousand() {
        Decision decision = Decision.of(seconds(new Misfire.Skip()), NOON, NOON.plusSeconds(5_000), 1_000);

        assertThat(decision.missed()).isEqualTo(4_990);
        assertThat(decision.shown()).isEqualTo(ticks(3_990, 4_989));
        assertThat(decision.fires()).isEqualTo(ticks(4_990, 5_000));
    }

    @Test
    void doesNotCountAYearOfSeconds() {
        Decision decision = Decision.of(seconds(new Misfire.Skip()), NOON, NOON.plus(Duration.ofDays(365)), 1_000);

        assertThat(decision.missed()).isEqualTo(Decision.COUNTED);
        assertThat(decision.shown()).hasSize(Decision.SHOWN).last().isEqualTo(NOON.plusSeconds(365 * 86_400 - 11));
    }

    /** However many rounds it takes, and whatever time goes by between them. */
    @Test
    void I22_decidesAboutTheRestAsAboutTheWhole() {
        Plan plan = seconds(new Misfire.FireAll(2_500));
        Instant outageEnds = NOON.plus(Duration.ofHours(3));
        List<Instant> fired = new ArrayList<>();

        Decision decision = Decision.of(plan, NOON, outageEnds, 700);
        fired.addAll(decision.fires());
        while (decision.decidedAt() != null) {
            decision = Decision.of(plan, Objects.requireNonNull(decision.next()), decision.decidedAt(), 700);
            assertThat(decision.missed()).isZero();
            fired.addAll(decision.fires());
        }

        assertThat(fired).isEqualTo(ticks(10_800 - 10 - 2_500, 10_800));
        assertThat(decision.next()).isEqualTo(NOON.plusSeconds(10_801));
    }

    private static List<Instant> ticks(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(NOON::plusSeconds).toList();
    }

    private static Plan seconds(Misfire misfire) {
        Every every = new Every(Duration.ofSeconds(1), NOON);
        return new Plan(every, null, null, misfire, Duration.ofSeconds(10), Plan.DEFAULT_WINDOW, Overlap.ALLOW);
    }
}
