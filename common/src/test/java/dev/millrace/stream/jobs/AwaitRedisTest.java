package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An idle worker waits in a blocking read, outside the functions, and then asks them. */
class AwaitRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<QueueName> QUEUES = List.of(new QueueName("other"), Jobs.QUEUE);

    private final JobStreams waiting = REDIS.waiting("ann");

    @Override
    public JobStreams streams(String consumer) {
        return REDIS.streams(consumer);
    }

    @Override
    public TimerStreams timers(String scheduler) {
        return REDIS.timers(scheduler);
    }

    @Override
    public Probe probe() {
        return new RedisProbe(REDIS);
    }

    @BeforeEach
    void withGroups() {
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
    }

    @Test
    void wakesForAJobAndStartsIt() throws Exception {
        CompletableFuture<List<Delivery>> found = CompletableFuture.supplyAsync(
                () -> waiting.await(QUEUES, 1, LONG), Executors.newVirtualThreadPerTaskExecutor());
        Awaiting.until(
                "a read waits", () -> REDIS.get("CLIENT", "LIST").toString().contains("cmd=xreadgroup"));
        submit(Jobs.job(1, Band.LOW));
        List<Delivery> started = found.get(30, TimeUnit.SECONDS);
        assertThat(started).extracting(Delivery::job).containsExactly(Jobs.job(1, Band.LOW));
        assertThat(probe().events()).isEmpty();
        assertThat(succeed(ann(), started.getFirst())).isEqualTo(Settling.Settled.OK);
    }

    @Test
    void leavesPausedQueuesOut() {
        submit(Jobs.job(1));
        streams("api").pause(Jobs.QUEUE);
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        assertThat(waiting.await(List.of(Jobs.QUEUE), 1, MOMENT)).isEmpty();
        assertThat(probe().pending(NORMAL)).isEmpty();
    }

    @Test
    void bringsUpToSoManyOfEachBand() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4, Band.HIGH));
        assertThat(waiting.await(QUEUES, 2, LONG))
                .extracting(Delivery::job)
                .containsExactlyInAnyOrder(Jobs.job(4, Band.HIGH), Jobs.job(1), Jobs.job(2));
    }

    @Test
    void aQueueThatIsPausedWhileItIsReadGivesOneReadBackAndNoMore() {
        submit(Jobs.job(1));
        assertThat(waiting.await(QUEUES, 1, LONG)).hasSize(1);
        streams("api").pause(Jobs.QUEUE);
        submit(Jobs.job(2), Jobs.job(3));
        for (int i = 0; i < 5; i++) {
            assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        }
        assertThat(markerOf(Jobs.id(2)).run()).isEqualTo(2);
        assertThat(markerOf(Jobs.id(3)).run()).isEqualTo(1);
        streams("api").resume(Jobs.QUEUE);
        assertThat(waiting.await(QUEUES, 2, LONG)).hasSize(2);
    }

    @Test
    void I16_I27_startsNothingThatIsJunkOrCancelled() {
        probe().put(NORMAL, Map.of("what", "is this"));
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        submit(Jobs.job(1));
        probe().flag(Jobs.id(1));
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    void I34_makesItsGroupsAgainWhenTheDataWereLost() {
        REDIS.empty();
        submit(Jobs.job(1));
        assertThat(waiting.await(QUEUES, 1, MOMENT)).isEmpty();
        assertThat(waiting.await(QUEUES, 1, MOMENT)).hasSize(1);
    }
}
