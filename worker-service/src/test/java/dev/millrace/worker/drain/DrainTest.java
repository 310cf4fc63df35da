package dev.millrace.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobState;
import dev.millrace.time.Time;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal;
import dev.millrace.worker.run.HeldRuns;
import dev.millrace.worker.settle.Verdict.End;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final HeldRuns runs = new HeldRuns();
    private final TakeControl control = new TakeControl();
    private final Drain drain =
            new Drain(new WorkQueues(control, List.of()), runs.held, runs.settler, runs.time.time());

    @Test
    void waitsForNothingIfNothingIsHeld() {
        Instant before = runs.time.time().instant();
        drain.begin();
        drain.finish(GRACE);
        assertThat(control.closedFor(TakeControl.Reason.DRAINING)).isTrue();
        assertThat(runs.time.time().instant()).isEqualTo(before);
    }

    @Test
    void I33_waitsUntilWhatEndsWithinItsGraceIsSettled() {
        JobRun run = runs.running(true, Duration.ofHours(1), null);
        Time time = new Time(runs.time.time().clock(), runs.time.time().nanos(), pause -> {
            runs.time.advance(pause);
            runs.settler.settle(run, new End(JobState.SUCCEEDED, "1", null));
            runs.settle();
        });
        new Drain(new WorkQueues(control, List.of()), runs.held, runs.settler, time).finish(GRACE);
        assertThat(runs.held.isEmpty()).isTrue();
        assertThat(runs.events(run, Ended.class)).hasSize(1);
        assertThat(runs.events(run, Queued.class)).isEmpty();
    }

    @Test
    void I33_handsBackWhatItsGraceDoesNotCover() throws InterruptedException {
        JobRun run = runs.running(true, Duration.ofHours(1), null);
        Instant before = runs.time.time().instant();
        drain.begin();
        drain.finish(GRACE);
        assertThat(HeldRuns.asked(run, StopSignal.Reason.HANDED_BACK)).isTrue();
        assertThat(Duration.between(before, runs.time.time().instant())).isBetween(GRACE, GRACE.plusSeconds(3));
        runs.settle();
        assertThat(runs.events(run, Queued.class)).hasSize(1);
    }
}
