package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05.678Z"));
    private final JobIds ids = new JobIds(clock, new SplittableRandom(1));

    @Test
    void readsBackWhatItWrites() {
        JobId id = ids.next();
        assertThat(JobId.parse(id.toString())).isEqualTo(id);
        assertThat(JobId.parse("0192F3C1-0000-7000-8000-00000000000A").toString())
                .isEqualTo("0192f3c1-0000-7000-8000-00000000000a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0192f3c1-0000-7000-8000-00000000000g",
                "0192f3c100-00-7000-8000-000000000001",
                "0192f3c1-0000-7000-8000-0000000000011",
                "0192f3c1+0000-7000-8000-000000000001"
            })
    void refusesEveryOtherForm(String text) {
        assertThatThrownBy(() -> JobId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersAsPostgresDoes() {
        JobId low = JobId.parse("00000000-0000-0000-0000-000000000001");
        JobId middle = JobId.parse("7fffffff-ffff-ffff-ffff-ffffffffffff");
        JobId high = JobId.parse("80000000-0000-0000-0000-000000000000");
        JobId highest = JobId.parse("80000000-0000-0000-8000-000000000000");
        assertThat(List.of(low, middle, high, highest)).isSorted();
    }

    @Test
    void makesVersion7WithTheTimeInFront() {
        JobId id = ids.next();
        assertThat(id.uuid().version()).isEqualTo(7);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(id.uuid().getMostSignificantBits() >>> 16)
                .isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void risesStrictlyAlsoWithinAMillisecondAndWhenTheClockStepsBack() {
        List<JobId> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
            if (i == 5_000) {
                clock.advance(Duration.ofSeconds(-10));
            }
        }
        clock.advance(Duration.ofMinutes(1));
        made.add(ids.next());
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }
}
