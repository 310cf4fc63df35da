package dev.millrace.proving.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.proving.chaos.history.Fire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One planted fault each, in ticks from 1 s to 5 s that are fine otherwise. */
class TicksTest {

    private final List<Fire> fires = new ArrayList<>(List.of(
            fired(1_000, 1_010), fired(2_000, 2_020), fired(3_000, 3_030), fired(4_000, 4_040), fired(5_000, 5_050)));
    private long made = 900;
    private long pausing = 5_500;

    @Test
    void findsNothingInGoodOnes() {
        assertThat(broken()).isEmpty();
        assertThat(new Ticks(fires).lateness(0).sorted()).containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(new Ticks(fires).lateness(4_000).sorted()).containsExactly(40L, 50L);
    }

    @Test
    void I21_findsATickThatIsMissing() {
        fires.remove(2);

        assertThat(broken()).containsExactly("I21: ticks are missing: 1, such as [s between 2000 and 4000]");
    }

    @Test
    void I21_findsTheFirstTicksAndTheLastOnesMissing() {
        made = -500;
        assertThat(broken())
                .containsExactly(
                        "I21: ticks are missing: 1, such as [s fired from 1000 to 5000, and was to from -500 to 5500]");

        made = 900;
        pausing = 8_001;
        assertThat(broken()).singleElement().asString().endsWith("and was to from 900 to 8001]");
    }

    @Test
    void I21_findsAScheduleThatNeverFired() {
        fires.clear();

        assertThat(broken())
                .containsExactly("I21: ticks are missing: 1, such as [s fired never, and was to from 900 to 5500]");
    }

    @Test
    void I22_findsATickThatMadeNoJob() {
        fires.set(2, new Fire("s", 3_000, "missed", null, 0));

        assertThat(broken()).singleElement().asString().startsWith("I22: not fired: 1");
        assertThat(new Ticks(fires).lateness(0).sorted()).hasSize(4);
    }

    @Test
    void I19_findsAJobThatWasMadeBeforeItsTime() {
        fires.set(2, fired(3_000, 2_999));

        assertThat(broken()).singleElement().asString().startsWith("I19: made before their time: 1");
    }

    private List<String> broken() {
        return new Ticks(fires).broken(Map.of("s", made), Map.of("s", pausing));
    }

    private static Fire fired(long tick, long made) {
        return new Fire("s", tick, "fired", "job-" + tick, made);
    }
}
