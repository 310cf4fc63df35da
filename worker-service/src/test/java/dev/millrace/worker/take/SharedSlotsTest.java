package dev.millrace.worker.take;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.worker.run.HeldRuns;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two queues that have the slots of a worker together. */
class SharedSlotsTest {

    private static final QueueName OTHER = new QueueName("other");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int SLOTS = 2;

    private final Semaphore ends = new Semaphore(0);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final HeldRuns runs = new HeldRuns((payload, context) -> {
        begun.add(context.queue());
        ends.acquire();
        return payload;
    });
    private final Slots slots = new Slots(SLOTS);
    private final WorkQueue busy = queue(Jobs.QUEUE);
    private final WorkQueue other = queue(OTHER);

    private WorkQueue queue(QueueName name) {
        Serving serving = new Serving(name, SLOTS, OptionalInt.of(2), Serving.Origin.SHARED);
        return new WorkQueue(serving, slots, runs.held, runs.runner, new TakeControl(), runs.time.time());
    }

    @BeforeEach
    void bothHaveJobs() {
        runs.submit(10);
        for (int number = 100; number < 110; number++) {
            Job job = Jobs.job(number);
            JobSpec there = JobSpec.of(job.task(), OTHER, "default", job.spec().payload());
            runs.streams.enqueue(Submitting.Mode.SUBMIT, runs.streams.time(), List.of(Job.first(job.id(), there)));
        }
        busy.accept(runs.streams.take(Jobs.QUEUE, busy.room()));
        begin(SLOTS);
    }

    @AfterEach
    void endAll() {
        ends.release(1_000);
    }

    private void begin(int all) {
        Awaiting.until(all + " have begun", DEADLINE, () -> begun.size() == all);
    }

    @Test
    void haveNoMoreRoomThanTheyLeaveEachOther() {
        assertThat(busy.running()).isEqualTo(SLOTS);
        assertThat(busy.room()).isZero();
        assertThat(other.freeSlots()).isZero();
        assertThat(other.room()).isEqualTo(2);
        assertThat(Slots.sum(List.of(busy, other))).isEqualTo(SLOTS);
    }

    @Test
    void takeTurnsWhereBothHaveJobsThatWait() {
        other.accept(runs.streams.take(OTHER, other.room()));
        assertThat(begun).containsExactly("mail", "mail");

        ends.release();
        begin(3);
        ends.release();
        begin(4);

        assertThat(begun.subList(2, 4)).containsExactlyInAnyOrder("mail", "other");
        assertThat(busy.running() + other.running()).isEqualTo(SLOTS);
        ends.release(2);
        begin(6);
        assertThat(begun.subList(4, 6)).containsExactlyInAnyOrder("mail", "other");
    }

    @Test
    void growForAllOfThem() {
        other.accept(runs.streams.take(OTHER, other.room()));

        other.resize(5);

        begin(5);
        assertThat(busy.slots()).isEqualTo(5);
        assertThat(busy.running() + other.running()).isEqualTo(5);
    }

    @Test
    void leaveAllToOneWhereTheOtherWasLeft() {
        other.accept(runs.streams.take(OTHER, other.room()));
        busy.leave();

        assertThat(Slots.sum(List.of(busy, other))).isEqualTo(SLOTS);
        ends.release(2);
        begin(4);

        assertThat(begun.subList(2, 4)).containsExactly("other", "other");
        assertThat(busy.room()).isZero();
    }
}
