package dev.millrace.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.worker.held.JobLog;
import dev.millrace.worker.run.HeldRuns;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A worker that runs suspects, each for as long as the test wants. */
class SuspectLaneTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final HeldRuns runs = new HeldRuns((payload, context) -> {
        begun.release();
        mayEnd.acquire();
        return payload;
    });
    private final TakeControl control = new TakeControl();
    private final WorkQueue queue = new WorkQueue(
            new Serving(Jobs.QUEUE, 4, OptionalInt.of(0)), runs.held, runs.runner, control, runs.time.time());
    private final SuspectLane lane = new SuspectLane(
            runs.streams,
            runs.held,
            runs.settler,
            new WorkQueues(control, List.of(queue)),
            LEASE,
            new LeaseMeters(new SimpleMeterRegistry(), List.of()),
            new JobLog(HeldRuns.WORKER),
            runs.time.time());

    @Test
    void I14_runsOneSuspectAfterTheOtherAndNothingBesideThem() throws InterruptedException {
        runs.suspects(2);
        lane.turnOnce();
        for (int suspect = 0; suspect < 2; suspect++) {
            runsOne();
            lane.turnOnce();
            assertThat(runs.held.deliveries()).hasSize(1);
            assertThat(control.closedFor(Reason.SUSPECT)).isTrue();
            ends();
        }
        lane.turnOnce();
        assertThat(control.open()).isTrue();
        assertThat(runs.other().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
    }

    @Test
    void leavesTheTurnToOtherJobsAfterAWhile() throws InterruptedException {
        runs.suspects(2);
        lane.turnOnce();
        runsOne();
        runs.time.advance(Duration.ofSeconds(2));
        ends();
        lane.turnOnce();
        assertThat(control.open()).isTrue();
        assertThat(runs.streams.suspects(Jobs.QUEUE)).isOne();
    }

    @Test
    void I14_I36_nothingStartsBesideASuspectWhoseLockIsLost() throws InterruptedException {
        runs.suspects(2);
        lane.turnOnce();
        runsOne();
        runs.time.advance(LEASE);
        assertThat(runs.other().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
        lane.turnOnce();
        assertThat(control.closedFor(Reason.SUSPECT)).isTrue();
        ends();
        lane.turnOnce();
        assertThat(control.open()).isTrue();
        assertThat(runs.streams.suspects(Jobs.QUEUE)).isOne();
        assertThat(runs.streams.holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
    }

    private void runsOne() throws InterruptedException {
        lane.turnOnce();
        begun.acquire();
    }

    private void ends() throws InterruptedException {
        mayEnd.release();
        Awaiting.until("the run is over", () -> runs.settler.waiting() > 0);
        runs.settle();
        assertThat(runs.held.isEmpty()).isTrue();
    }
}
