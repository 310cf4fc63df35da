package dev.millrace.api.schedules.fires;

import static dev.millrace.schedule.FireReport.Outcome.FIRED;
import static dev.millrace.schedule.FireReport.Outcome.MISSED;
import static dev.millrace.schedule.FireReport.Outcome.REJECTED;
import static dev.millrace.schedule.FireReport.Outcome.SKIPPED_OVERLAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schedule.FireReport.Outcome;
import dev.millrace.schedule.ScheduleKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RejectionStreakTest {

    private static final ScheduleKey KEY = new ScheduleKey("default", "nightly");

    @Test
    void goesOnFromBeforeWhereAllWereRejected() {
        assertThat(streaks(REJECTED, REJECTED)).containsExactly(new RejectionStreak(KEY, 7, false, 2));
    }

    @Test
    void beginsBehindTheLatestThatWasNotRejected() {
        assertThat(streaks(REJECTED, FIRED, REJECTED)).containsExactly(new RejectionStreak(KEY, 7, true, 1));
        assertThat(streaks(REJECTED, REJECTED, SKIPPED_OVERLAP)).containsExactly(new RejectionStreak(KEY, 7, true, 0));
    }

    @Test
    void passesOverWhatWasMissed() {
        assertThat(streaks(REJECTED, MISSED, REJECTED)).containsExactly(new RejectionStreak(KEY, 7, false, 2));
        assertThat(streaks(MISSED)).containsExactly(new RejectionStreak(KEY, 7, false, 0));
    }

    @Test
    void isCountedForEachScheduleAndGeneration() {
        assertThat(RejectionStreak.of(List.of(line(KEY, 7, FIRED), line(KEY, 8, REJECTED))))
                .containsExactly(new RejectionStreak(KEY, 7, true, 0), new RejectionStreak(KEY, 8, false, 1));
        assertThat(RejectionStreak.of(
                        List.of(line(KEY, 7, REJECTED), line(new ScheduleKey("other", "nightly"), 7, REJECTED))))
                .extracting(RejectionStreak::rejected)
                .containsExactly(1, 1);
    }

    private static Iterable<RejectionStreak> streaks(Outcome... outcomes) {
        return RejectionStreak.of(
                Stream.of(outcomes).map(outcome -> line(KEY, 7, outcome)).toList());
    }

    private static FireLine line(ScheduleKey key, long generation, Outcome outcome) {
        return new FireLine(key, generation, Instant.EPOCH, null, null, outcome, null);
    }
}
