package dev.millrace.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobState;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration SOFT_LIMIT = Duration.ofMinutes(5);

    private final HeldRuns runs = new HeldRuns();
    private final TimeLimits limits = new TimeLimits(runs.held, runs.runner, runs.leaks, runs.time.time());

    @Test
    void leavesARunAloneUntilItsLimitsHavePassed() throws InterruptedException {
        JobRun run = runs.running(true, LIMIT, SOFT_LIMIT);
        after(SOFT_LIMIT);
        assertThat(run.stopSignal().isAsked()).isFalse();
    }

    @Test
    void I18_asksARunToEndWhenItsSoftLimitHasPassed() throws InterruptedException {
        JobRun run = runs.running(true, LIMIT, SOFT_LIMIT);
        after(SOFT_LIMIT.plusMillis(1));
        assertThat(run.stopSignal().reasons()).containsExactly(Reason.SOFT_LIMIT);
        assertThat(run.running()).isTrue();
    }

    @Test
    void I18_endsAJobWhenItsLimitHasPassedWhateverItsThreadDoes() throws InterruptedException {
        JobRun run = runs.running(true, LIMIT, null);
        after(LIMIT.plusMillis(1));
        runs.settle();
        assertThat(run.stopSignal().reasons()).containsExactly(Reason.TIME_OVER);
        assertThat(runs.events(run, Ended.class))
                .singleElement()
                .satisfies(end -> assertThat(end.state()).isEqualTo(JobState.TIMED_OUT));
        assertThat(runs.held.isEmpty()).isTrue();
    }

    @Test
    void I18_countsASlotWhoseThreadGoesOnForFiveSecondsUntilItEnds() throws InterruptedException {
        JobRun run = runs.running(true, LIMIT, null);
        after(LIMIT.plusMillis(1));
        runs.time.advance(Duration.ofMillis(4_999));
        assertThat(runs.leaks.count()).isZero();
        runs.time.advance(Duration.ofMillis(1));
        assertThat(runs.leaks.count()).isEqualTo(1);
        run.leaveThread();
        assertThat(runs.leaks.count()).isZero();
    }

    private void after(Duration time) throws InterruptedException {
        runs.time.advance(time);
        limits.enforceOnce();
    }
}
