package dev.millrace.proving.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndWatchTest {

    private final EndWatch watch = new EndWatch();

    @Test
    void findsNothingInAnEndThatStays() {
        watch.look(List.of(new JobTable.End("a", "SUCCEEDED", 5)));
        watch.look(List.of(new JobTable.End("a", "SUCCEEDED", 5)));

        assertThat(watch.changed()).isEmpty();
    }

    @Test
    void I10_noticesAnotherEndAndAnotherTimeOfTheSame() {
        watch.look(List.of(new JobTable.End("a", "SUCCEEDED", 5), new JobTable.End("b", "FAILED", 5)));
        watch.look(List.of(new JobTable.End("a", "FAILED", 5), new JobTable.End("b", "FAILED", 6)));

        assertThat(watch.changed())
                .containsExactly(
                        "a ended SUCCEEDED at 5, and later FAILED at 5", "b ended FAILED at 5, and later FAILED at 6");
    }
}
