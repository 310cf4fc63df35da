package dev.millrace.api.jobs.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JobIdsTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05.678Z"));
    private final JobIds ids = new JobIds(clock, new SplittableRandom(1));

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
