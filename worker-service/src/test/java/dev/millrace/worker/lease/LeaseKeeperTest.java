package dev.millrace.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.redis.RedisState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.worker.held.JobRun;
import dev.millrace.worker.held.StopSignal;
import dev.millrace.worker.run.HeldRuns;
import dev.millrace.worker.take.TakeControl;
import dev.millrace.worker.take.TakeControl.Reason;
import dev.millrace.worker.take.WorkQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofHours(1);

    private final HeldRuns runs = new HeldRuns();
    private final TakeControl control = new TakeControl();
    private final LeaseSettings settings = new LeaseSettings(LEASE, Duration.ofSeconds(5), Duration.ofSeconds(2), true);
    private final RedisOutages outages = new RedisOutages(runs.streams, LEASE, runs.time.time());
    private final LeaseKeeper keeper = new LeaseKeeper(
            runs.streams,
            runs.held,
            runs.settler,
            new WorkQueues(control, List.of()),
            outages,
            settings,
            new LeaseMeters(new SimpleMeterRegistry(), List.of()),
            runs.time.time());

    @Test
    void takesNothingBeforeTheFirstRenewal() {
        assertThat(control.closedFor(Reason.LEASE_IN_DOUBT)).isTrue();
        keeper.renewOnce();
        assertThat(control.open()).isTrue();
        assertThat(keeper.redis()).isEqualTo(RedisState.OPEN);
    }

    @Test
    void isInDoubtAfterTwoThirdsOfALeaseWithoutARenewal() {
        keeper.renewOnce();
        watchAfter(Duration.ofMillis(9_999));
        assertThat(control.open()).isTrue();
        watchAfter(Duration.ofMillis(1));
        assertThat(control.closedFor(Reason.LEASE_IN_DOUBT)).isTrue();
        keeper.renewOnce();
        assertThat(control.open()).isTrue();
    }

    @Test
    void interruptsInDoubtOnlyWhatMustNotRunTwice() {
        keeper.renewOnce();
        JobRun idempotent = runs.running(true, LIMIT, null);
        JobRun once = runs.running(false, LIMIT, null);
        watchAfter(Duration.ofSeconds(10));
        assertThat(HeldRuns.asked(once, StopSignal.Reason.LEASE_IN_DOUBT)).isTrue();
        assertThat(HeldRuns.asked(idempotent, StopSignal.Reason.LEASE_IN_DOUBT)).isFalse();
    }

    @Test
    void renewsNothingWhileRedisIsAway() {
        keeper.renewOnce();
        runs.time.advance(LEASE);
        runs.loseRedis();
        assertThatThrownBy(keeper::renewOnce).isInstanceOf(StreamsUnavailable.class);
        watchAfter(Duration.ZERO);
        assertThat(control.open()).isFalse();
        assertThat(keeper.redis()).isNotEqualTo(RedisState.OPEN);
    }

    @Test
    void takesNoLeaseForRunOutUntilOneHasPassedSinceRedisWasAway() {
        runs.time.advance(LEASE);
        assertThat(outages.leasesAreUnsure()).isFalse();
        runs.loseRedis();
        runs.time.advance(LEASE);
        assertThatThrownBy(keeper::renewOnce).isInstanceOf(StreamsUnavailable.class);
        runs.mendRedis();
        runs.time.advance(LEASE.minusMillis(1));
        assertThat(outages.leasesAreUnsure()).isTrue();
        runs.time.advance(Duration.ofMillis(1));
        assertThat(outages.leasesAreUnsure()).isFalse();
    }

    @Test
    void I17_learnsWithinASecondOfACancelOfWhatRuns() {
        CancelWatch watch = new CancelWatch(runs.streams, runs.held, runs.settler, settings, runs.time.time());
        JobRun run = runs.running();
        runs.cancel(run);
        runs.time.advance(Duration.ofMillis(499));
        watch.lookOnce();
        assertThat(HeldRuns.asked(run, StopSignal.Reason.CANCELLED)).isFalse();
        runs.time.advance(Duration.ofMillis(1));
        watch.lookOnce();
        assertThat(HeldRuns.asked(run, StopSignal.Reason.CANCELLED)).isTrue();
    }

    private void watchAfter(Duration time) {
        runs.time.advance(time);
        keeper.watchOnce();
    }
}
