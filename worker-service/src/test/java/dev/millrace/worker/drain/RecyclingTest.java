package dev.millrace.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.TestTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecyclingTest {

    private final TestTime time = new TestTime();

    @Test
    void isNeverEnoughWhereNothingIsSet() {
        Recycling recycling = Recycling.of(RecycleSettings.NEVER, new Random(1), time.time());

        time.advance(Duration.ofDays(1_000));

        assertThat(recycling.enough()).isFalse();
    }

    @Test
    void leavesOutUpToATenthOfTheTime() {
        RecycleSettings settings = new RecycleSettings(OptionalInt.empty(), Optional.of(Duration.ofHours(10)));
        for (int seed = 0; seed < 100; seed++) {
            TestTime clock = new TestTime();
            Recycling recycling = Recycling.of(settings, new Random(seed), clock.time());

            clock.advance(Duration.ofHours(9).minusMillis(1));
            assertThat(recycling.enough()).as("seed %d", seed).isFalse();
            clock.advance(Duration.ofHours(1).plusMillis(1));
            assertThat(recycling.enough()).as("seed %d", seed).isTrue();
        }
    }
}
