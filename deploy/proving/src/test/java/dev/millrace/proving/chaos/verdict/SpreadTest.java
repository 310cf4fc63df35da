package dev.millrace.proving.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void takesTheSmallestThatSoManyDoNotExceed() {
        Spread recovery = new Spread(
                LongStream.rangeClosed(1, 200).map(n -> 201 - n).boxed().toList());

        assertThat(recovery.percentile(50)).isEqualTo(100);
        assertThat(recovery.percentile(99)).isEqualTo(198);
        assertThat(recovery.longest()).isEqualTo(200);
    }

    @Test
    void isZeroWhereNothingHadToRecover() {
        assertThat(new Spread(List.of()).longest()).isZero();
    }
}
