package dev.millrace.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void findsTheSharesOfUnorderedTimes() {
        List<Long> times = LongStream.rangeClosed(1, 100)
                .map(each -> (101 - each) * 1_000_000)
                .boxed()
                .toList();

        assertThat(Spread.ofNanos(times)).isEqualTo(new Spread(51, 96, 100, 100));
    }

    @Test
    void ofOneTimeIsThatTime() {
        assertThat(Spread.ofNanos(List.of(2_500_000L))).isEqualTo(new Spread(2.5, 2.5, 2.5, 2.5));
    }

    @Test
    void refusesToSayAnythingOfNothing() {
        assertThatThrownBy(() -> Spread.ofNanos(List.of())).hasMessageContaining("no times");
    }
}
