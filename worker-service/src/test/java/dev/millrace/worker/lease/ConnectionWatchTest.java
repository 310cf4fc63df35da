package dev.millrace.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.TestTime;
import dev.millrace.testkit.fake.FakeRedis;
import dev.millrace.worker.held.HeldJobs;
import dev.millrace.worker.run.HeldRuns;
import dev.millrace.worker.take.Serving;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that registers its connection, and another one that looks for it. */
class ConnectionWatchTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestTime time = new TestTime();
    private final FakeRedis redis = new FakeRedis(time.time().clock());
    private final LeaseSettings settings = new LeaseSettings(LEASE, Duration.ofSeconds(5), Duration.ofSeconds(2), true);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JobStreams ann = redis.streams("ann");
    private final JobStreams bob = redis.streams("bob");
    private final ConnectionKeeper keeper = new ConnectionKeeper(ann, queues(), settings, time.time());
    private final ConnectionWatch watch =
            new ConnectionWatch(bob, settings, new LeaseMeters(meters, List.of()), time.time());
    private int lapsed;

    private WorkQueues queues() {
        TakeControl control = new TakeControl();
        Serving serving = new Serving(Jobs.QUEUE, 1, OptionalInt.of(0));
        HeldRuns runs = new HeldRuns();
        return new WorkQueues(
                control, List.of(new WorkQueue(serving, new HeldJobs(), runs.runner, control, time.time())));
    }

    @BeforeEach
    void opens() {
        bob.bless(1);
        renew();
    }

    private void renew() {
        ann.renew(LEASE, List.of());
        keeper.keepOnce();
    }

    private void look() {
        watch.lookOnce(() -> lapsed++);
    }

    /** It has looked by one connection for long enough. */
    private void looksForLong() {
        for (int seconds = 0; seconds <= 10; seconds++) {
            look();
            time.advance(SECOND);
            ann.renew(LEASE, List.of());
        }
    }

    private double found() {
        return meters.counter("millrace_workers_found_dead").count();
    }

    @Test
    void I36_lapsesTheLeaseOfAWorkerWhoseConnectionWasGoneForASecond() {
        looksForLong();
        redis.cut("ann");
        look();
        assertThat(found()).isZero();
        time.advance(SECOND);
        look();
        assertThat(found()).isEqualTo(1);
        assertThat(lapsed).isEqualTo(1);
        time.advance(SECOND);
        look();
        assertThat(lapsed).isEqualTo(1);
    }

    @Test
    void I36_leavesAWorkerAloneThatIsThereOrBackWithinTheSecond() {
        looksForLong();
        redis.cut("ann");
        look();
        time.advance(Duration.ofMillis(900));
        keeper.keepOnce();
        time.advance(Duration.ofMillis(100));
        look();
        time.advance(SECOND);
        look();
        assertThat(found()).isZero();
    }

    @Test
    void I36_judgesNobodyBeforeItHasLookedByOneConnectionForTwoThirdsOfALease() {
        redis.cut("ann");
        for (int seconds = 0; seconds <= 10; seconds++) {
            look();
            time.advance(SECOND);
        }
        assertThat(found()).isZero();
        look();
        assertThat(found()).isEqualTo(1);
    }

    @Test
    void I36_doubtsItselfWhoseConnectionWasLost() {
        looksForLong();
        redis.cutAll();
        look();
        time.advance(SECOND);
        look();
        time.advance(SECOND);
        look();
        assertThat(found()).isZero();
    }

    @Test
    void I36_forgetsWhomItMissedWhenItLosesItsConnection() {
        looksForLong();
        redis.cut("ann");
        look();
        redis.cut("bob");
        time.advance(SECOND);
        look();
        assertThat(found()).isZero();
    }

    @Test
    void I36_believesNoConnectionOfAnEarlierLifeOfRedis() {
        looksForLong();
        redis.restart();
        assertThatThrownBy(this::look).isInstanceOf(StreamsUnavailable.Cold.class);
        bob.bless(2);
        ann.renew(Duration.ofMinutes(1), List.of());
        for (int seconds = 0; seconds <= 15; seconds++) {
            look();
            time.advance(SECOND);
        }
        assertThat(found()).isZero();
    }

    @Test
    void registersAgainAsOftenAsItRenewsAndAsSoonAsItsConnectionIsLost() {
        ann.leave(List.of());
        ann.renew(LEASE, List.of());
        keeper.keepOnce();
        assertThat(bob.look().others()).isEmpty();
        time.advance(settings.renew());
        keeper.keepOnce();
        assertThat(bob.look().others()).hasSize(1);

        redis.cut("ann");
        assertThat(bob.look().others()).allMatch(worker -> !worker.open());
        keeper.keepOnce();
        assertThat(bob.look().others()).allMatch(worker -> worker.open());
    }

    @Test
    void triesAgainWhereItHasNoLeaseYet() {
        ann.leave(List.of());
        time.advance(settings.renew());
        keeper.keepOnce();
        renew();
        assertThat(bob.look().others()).hasSize(1);
    }
}
