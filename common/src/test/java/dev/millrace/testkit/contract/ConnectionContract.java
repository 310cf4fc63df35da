package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Connections.Registered;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the death of a worker is seen by its connection, and what its lease is then. */
interface ConnectionContract extends StreamSubject {

    /** Streams for the consumer of this name over a connection of their own. */
    JobStreams connected(String consumer);

    /** Closes the connection of {@link #connected} streams; their next call opens another. */
    void cut(JobStreams streams);

    /** A worker that has renewed and is registered. */
    default JobStreams registered(String consumer) {
        JobStreams worker = connected(consumer);
        worker.renew(LEASE, List.of());
        assertThat(worker.register(List.of(Jobs.QUEUE))).isTrue();
        return worker;
    }

    /** What a worker sees that looks after this one. */
    default Registered seen(String consumer) {
        List<Registered> seen = bob().look().others().stream()
                .filter(worker -> worker.worker().equals(consumer))
                .toList();
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    /** How it is seen once its connection is gone. */
    default Registered seenGone(String consumer, JobStreams worker) {
        cut(worker);
        Awaiting.until(
                "Redis knows that the connection is gone", () -> !seen(consumer).open());
        return seen(consumer);
    }

    @Test
    default void seesWhetherTheConnectionOfAWorkerIsThere() {
        JobStreams ann = registered("ann");
        assertThat(seen("ann").open()).isTrue();
        assertThat(ann.lostConnection()).isFalse();
        assertThat(ann.look().others()).isEmpty();
        seenGone("ann", ann);
        assertThat(ann.lostConnection()).isTrue();
        assertThat(ann.lostConnection()).isFalse();
    }

    @Test
    default void looksByOneConnectionUntilThatIsLost() {
        JobStreams ann = connected("ann");
        assertThat(ann.look().own()).isEqualTo(ann.look().own());
        var before = ann.look().own();
        cut(ann);
        assertThat(ann.look().own()).isNotEqualTo(before);
    }

    @Test
    default void registersNobodyWithoutALeaseAndRenewsNone() {
        JobStreams ann = connected("ann");
        assertThat(ann.register(List.of(Jobs.QUEUE))).isFalse();
        ann.renew(Duration.ofMillis(80), List.of());
        assertThat(ann.register(List.of(Jobs.QUEUE))).isTrue();
        Awaiting.until("its lease runs out", () -> bob().look().others().isEmpty());
    }

    @Test
    default void aRenewalKeepsARegistration() {
        JobStreams ann = registered("ann");
        Registered before = seen("ann");
        ann.renew(LEASE, List.of());
        assertThat(seen("ann")).isEqualTo(before);
    }

    @Test
    default void whoOnlyRenewsOrHasLeftIsNotSeen() {
        bob().renew(LEASE, List.of());
        registered("ann").leave(List.of(Jobs.QUEUE));
        assertThat(bob().look().others()).isEmpty();
    }

    @Test
    default void I8_whatAWorkerHeldIsReclaimedOnceItsLeaseHasLapsed() {
        JobStreams ann = registered("ann");
        Delivery held = takenBy(ann, Jobs.job(1));
        Registered gone = seenGone("ann", ann);
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(bob().lapse(gone, Duration.ZERO, LEASE)).isTrue();

        Delivery claimed = bob().reclaim(Jobs.QUEUE, 5, LEASE).getFirst();
        assertThat(claimed.token()).isGreaterThan(held.token());
        assertThat(bob().lapse(gone, Duration.ZERO, LEASE)).isFalse();
    }

    @Test
    default void I8_moreThanOneBatchOfThemIs() {
        JobStreams ann = registered("ann");
        for (int number = 1; number <= 600; number++) {
            submit(Jobs.job(number));
        }
        assertThat(ann.take(Jobs.QUEUE, 300)).hasSize(300);
        assertThat(ann.take(Jobs.QUEUE, 300)).hasSize(300);
        assertThat(bob().lapse(seenGone("ann", ann), Duration.ZERO, LEASE)).isTrue();
        assertThat(bob().reclaim(Jobs.QUEUE, 1_000, LEASE)).hasSize(600);
    }

    @Test
    default void I36_theLeaseOfAWorkerThatRegisteredAnewDoesNotLapse() {
        JobStreams ann = registered("ann");
        Delivery held = takenBy(ann, Jobs.job(1));
        Registered gone = seenGone("ann", ann);
        ann.register(List.of(Jobs.QUEUE));

        assertThat(bob().lapse(gone, Duration.ZERO, LEASE)).isFalse();
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(ann.renew(LEASE, List.of(held)).lost()).isEmpty();
        assertThat(seen("ann").open()).isTrue();
    }

    @Test
    default void I36_aConnectionOfAnEarlierLifeOfRedisSaysNothing() {
        JobStreams ann = registered("ann");
        Registered gone = seenGone("ann", ann);
        streams("api").bless(2);
        assertThat(bob().look().others()).isEmpty();
        assertThat(bob().lapse(gone, Duration.ZERO, LEASE)).isFalse();
        assertThat(bob().look().own().epoch()).isEqualTo(2);
    }

    @Test
    default void I36_whoLivesAllTheSameKeepsWhatNobodyHasReclaimed() {
        JobStreams ann = registered("ann");
        Delivery held = takenBy(ann, Jobs.job(1));
        assertThat(bob().lapse(seenGone("ann", ann), Duration.ZERO, LEASE)).isTrue();
        assertThat(ann.renew(LEASE, List.of(held)).lost()).isEmpty();
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
    }

    @Test
    default void I6_I36_whatWasGivenAMomentAgoIsLeftToItsLease() {
        JobStreams ann = registered("ann");
        Delivery older = takenBy(ann, Jobs.job(1));
        Delivery newer = takenBy(ann, Jobs.job(2));
        probe().age(NORMAL, older.entry(), Duration.ofMinutes(1));
        assertThat(bob().lapse(seenGone("ann", ann), Duration.ofSeconds(50), LEASE))
                .isTrue();
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE))
                .extracting(Delivery::job)
                .containsExactly(older.job());
        assertThat(start(ann, newer)).isEqualTo(Admit.GO);
    }

    @Test
    default void I14_I36_aSuspectIsLeftToItsLease() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        JobStreams cid = registered("cid");
        assertThat(bob().lapse(seenGone("cid", cid), Duration.ZERO, LEASE)).isTrue();
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(probe().pending(SUSPECT))
                .containsExactly(new Probe.Pending(
                        suspect.entry(), "cid", suspect.token().delivery()));
    }

    @Test
    default void I14_I36_theSuspectLockOfADeadWorkerIsFreeAtOnce() {
        JobStreams ann = registered("ann");
        assertThat(ann.holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
        assertThat(bob().lapse(seenGone("ann", ann), Duration.ZERO, LEASE)).isTrue();
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
    }

    @Test
    default void I14_I36_theSuspectLockOfAnotherStaysHis() {
        JobStreams ann = registered("ann");
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
        assertThat(bob().lapse(seenGone("ann", ann), Duration.ZERO, LEASE)).isTrue();
        assertThat(streams("cid").holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
    }
}
