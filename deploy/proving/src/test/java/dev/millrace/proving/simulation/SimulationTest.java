package dev.millrace.proving.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.checker.Verdict;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SimulationTest {

    private static final long FIRST = Long.getLong("millrace.simulation.seed", 1);
    private static final long SEEDS = Long.getLong("millrace.simulation.seeds", 2_000);
    private static final long SEEDS_FOR_A_BUG = 600;

    @Test
    void I1_I2_I4_I5_I6_I7_I9_I10_I11_I13_I14_I15_I16_I17_I19_I25_I35_I36_keepsItsPromisesWhateverHappens() {
        Map<Long, Verdict> broken = new ConcurrentSkipListMap<>();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            Verdict report = Simulation.of(seed, null);
            if (!report.clean()) {
                broken.put(seed, report);
            }
        });
        assertThat(broken.keySet()).as(() -> story(broken)).isEmpty();
    }

    /** The first of them whole, the others by name. */
    private static String story(Map<Long, Verdict> broken) {
        return broken.entrySet().stream()
                .limit(1)
                .map(first -> "Seed %d broke a rule; again: ./millrace simulate --seed %d%n%s%nBroken too:"
                        .formatted(
                                first.getKey(), first.getKey(), first.getValue().text()))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void findsTheBugThatWasPlanted(Bug bug) {
        OptionalLong caught = LongStream.rangeClosed(1, SEEDS_FOR_A_BUG)
                .parallel()
                .filter(seed -> !Simulation.of(seed, bug).clean())
                .findAny();
        assertThat(caught).as("a seed that finds %s", bug).isPresent();
    }

    @Test
    void doesTheSameAgain() {
        for (long seed = 1; seed <= 10; seed++) {
            Verdict first = Simulation.of(seed, Bug.DEFER_KEEPS_RUN);
            assertThat(Simulation.of(seed, Bug.DEFER_KEEPS_RUN)).isEqualTo(first);
        }
    }
}
