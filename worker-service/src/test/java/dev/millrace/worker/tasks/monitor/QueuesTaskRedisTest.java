package dev.millrace.worker.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.groups.Backlogs;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting;
import dev.millrace.stream.redis.RedisTime;
import dev.millrace.task.PermanentFailure;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueuesTaskRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private final RedisTime clock = new RedisTime(REDIS.link());
    private final QueuesTask task =
            new QueuesTask(new QueueSight(new Backlogs(REDIS.link(), RedisFixture.NAMES), clock, List.of(Jobs.QUEUE)));

    @Test
    void countsWhatWaitsInAllBandsAndNotWhatIsHeld() {
        JobStreams worker = REDIS.streams("worker");
        worker.enqueue(
                Submitting.Mode.SUBMIT,
                worker.time(),
                List.of(Jobs.job(1), Jobs.job(2), Jobs.job(3, Band.LOW), Jobs.job(4, Band.CRITICAL)));
        worker.take(Jobs.QUEUE, 1);

        assertThat(waiting(null, null).ready()).isEqualTo(3);
    }

    @Test
    void tellsForHowLongTheOldestHasWaitedByTheClockOfRedis() {
        JobStreams worker = REDIS.streams("worker");
        long before = clock.now().toEpochMilli();
        worker.enqueue(Submitting.Mode.SUBMIT, worker.time(), List.of(Jobs.job(1)));
        awaitAfter(before + 20);

        long age = waiting(null, null).oldestAgeMs();

        assertThat(age).isBetween(1L, clock.now().toEpochMilli() - before);
    }

    @Test
    void findsNothingOnAQueueThatIsNotThere() {
        assertThat(task.look(new QueuesCheck(List.of("nobody", "b"), 0L, 0L)).queues())
                .isEqualTo(Map.of("nobody", new Waiting(0, 0), "b", new Waiting(0, 0)));
    }

    @Test
    void failsForGoodAboveALimitAndNamesEveryQueue() {
        JobStreams worker = REDIS.streams("worker");
        worker.enqueue(Submitting.Mode.SUBMIT, worker.time(), List.of(Jobs.job(1), Jobs.job(2)));

        assertThatThrownBy(() -> waiting(1L, null))
                .isInstanceOf(BeyondLimit.class)
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("2 jobs wait on 'mail', more than 1.");
        assertThat(waiting(2L, null).ready()).isEqualTo(2);
    }

    @Test
    void complainsOfWhatHasWaitedTooLong() {
        QueuesCheck check = new QueuesCheck(null, 10L, 1_000L);

        assertThat(check.complaints(Map.of("mail", new Waiting(11, 1_001))))
                .containsExactly(
                        "11 jobs wait on 'mail', more than 10.",
                        "A job has waited on 'mail' for 1,001 ms, longer than 1,000 ms.");
        assertThat(check.complaints(Map.of("mail", new Waiting(10, 1_000)))).isEmpty();
    }

    @Test
    void refusesQueuesAndLimitsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QueuesCheck(List.of("no queue"), null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueuesCheck(Arrays.asList("a", nothing()), null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueuesCheck(List.of(), null, null))
                .withMessage("queues has 0 names: give 1 to 100, or leave it out.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueuesCheck(Collections.nCopies(101, "a"), null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueuesCheck(null, -1L, null))
                .withMessage("maxReady is -1: it must be 0 or more.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueuesCheck(null, null, -1L))
                .withMessage("maxOldestAgeMs is -1: it must be 0 or more.");
    }

    @Test
    void looksAtWhatItsWorkerServesUnlessTold() {
        QueueName served = Jobs.QUEUE;

        assertThat(new QueuesCheck(null, null, null).queuesOr(List.of(served))).containsExactly(served);
        assertThat(new QueuesCheck(List.of("other"), null, null).queuesOr(List.of(served)))
                .containsExactly(new QueueName("other"));
    }

    private Waiting waiting(@Nullable Long maxReady, @Nullable Long maxAge) {
        return task.look(new QueuesCheck(null, maxReady, maxAge)).queues().getOrDefault("mail", new Waiting(-1, -1));
    }

    private void awaitAfter(long millis) {
        while (clock.now().toEpochMilli() <= millis) {
            Thread.onSpinWait();
        }
    }

    private static @Nullable String nothing() {
        return null;
    }
}
