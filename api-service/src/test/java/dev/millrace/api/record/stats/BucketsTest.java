package dev.millrace.api.record.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {

    private static final int HUNDRED_TO_TWO_HUNDRED = 7;

    private static List<Long> with(int bucket, long jobs) {
        List<Long> counts = new ArrayList<>(Buckets.empty());
        counts.set(bucket, jobs);
        return counts;
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(Buckets.percentile(Buckets.empty(), 0.5)).isNull();
    }

    @Test
    void aPercentileLiesInItsBucketAsFarAsItsShare() {
        List<Long> counts = with(HUNDRED_TO_TWO_HUNDRED, 100);
        assertThat(Buckets.percentile(counts, 0.5)).isEqualTo(150);
        assertThat(Buckets.percentile(counts, 0.99)).isEqualTo(199);
        assertThat(Buckets.percentile(counts, 1)).isEqualTo(200);
    }

    @Test
    void whatIsRareShowsInTheHighPercentilesOnly() {
        List<Long> counts = with(HUNDRED_TO_TWO_HUNDRED, 3);
        counts.set(0, 97L);
        assertThat(Buckets.percentile(counts, 0.95)).isEqualTo(1);
        assertThat(Buckets.percentile(counts, 0.99)).isBetween(100L, 200L);
    }

    @Test
    void ofTheLastBucketItsBeginningIsKnown() {
        assertThat(Buckets.percentile(with(Buckets.COUNT - 1, 1), 0.5)).isEqualTo(3_600_000);
    }

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2026-01-01T10:17:20Z, 2026-01-01T10:16:00Z",
        "MINUTE, 2026-01-01T10:17:00Z, 2026-01-01T10:16:00Z",
        "HOUR, 2026-01-01T10:17:20Z, 2026-01-01T09:17:00Z",
        "DAY, 2026-01-01T10:17:20Z, 2025-12-31T10:15:00Z",
        "DAY, 2026-01-01T10:14:59Z, 2025-12-31T10:00:00Z"
    })
    void aWindowBeginsWithAWholeStep(Window window, Instant to, Instant from) {
        assertThat(window.from(to)).isEqualTo(from);
    }
}
