package dev.millrace.worker.take;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.jobs.Batch;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.worker.run.HeldRuns;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private static final int SLOTS = 4;
    private static final int JOBS = 1_000;

    private final HeldRuns runs = new HeldRuns();
    private final WorkQueue queue = new WorkQueue(
            new Serving(Jobs.QUEUE, SLOTS, OptionalInt.of(2)),
            runs.held,
            runs.runner,
            new TakeControl(),
            runs.time.time());

    @Test
    void startsNothingWhileABatchOfEndsWaitsToBeSettled() {
        runs.submit(JOBS);
        Awaiting.until("an end on each slot besides the batch", () -> take() && waiting() == Batch.MAX + SLOTS);
        take();
        assertThat(queue.room()).isZero();
        assertThat(queue.running()).isEqualTo(SLOTS);
        assertThat(waiting()).isEqualTo(Batch.MAX + SLOTS);
    }

    @Test
    void goesOnWhenABatchIsOnItsWay() throws InterruptedException {
        runs.submit(JOBS);
        Awaiting.until("a full queue", () -> take() && waiting() == Batch.MAX + SLOTS);
        runs.settler.settleOnce();
        Awaiting.until("as many ends again", () -> take() && waiting() == Batch.MAX + SLOTS);
    }

    private int waiting() {
        return runs.settler.waiting();
    }

    /** As its reader does. */
    private boolean take() {
        int room = queue.room();
        if (room > 0) {
            queue.accept(runs.streams.take(Jobs.QUEUE, room));
        }
        return true;
    }
}
