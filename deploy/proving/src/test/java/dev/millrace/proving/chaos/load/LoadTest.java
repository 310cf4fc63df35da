package dev.millrace.proving.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void coversEachNumberOnceAlsoWithALastCallThatIsNotFull() {
        Load load = new Load(5, 23, 100, 10, n -> "");

        assertThat(load.calls()).isEqualTo(3);
        assertThat(load.firstOf(2)).isEqualTo(25);
        assertThat(load.sizeOf(1)).isEqualTo(10);
        assertThat(load.sizeOf(2)).isEqualTo(3);
    }

    @Test
    void spreadsLengthsEvenlyAndAlwaysAlike() {
        double mean = LongStream.range(0, 10_000)
                .map(n -> Load.spread(n, 100, 300))
                .peek(length -> assertThat(length).isBetween(100L, 300L))
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(195.0, 205.0);
        assertThat(Load.spread(42, 100, 300)).isEqualTo(Load.spread(42, 100, 300));
    }

    @Test
    void refusesWhatNobodyCanSend() {
        assertThatThrownBy(() -> new Load(0, 0, 1, 1, n -> "")).hasMessageContaining("not 0 jobs");
        assertThatThrownBy(() -> new Load(0, 1, 1, 1_001, n -> "")).hasMessageContaining("1001 in a call");
    }
}
