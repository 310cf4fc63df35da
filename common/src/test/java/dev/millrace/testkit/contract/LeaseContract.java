package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Leasing.Renewal;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a worker keeps what it holds, and what becomes of it when the worker dies. */
interface LeaseContract extends StreamSubject {

    @Test
    default void keepsWhatIsRenewedFromBeingReclaimed() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().age(NORMAL, held.entry(), LEASE.multipliedBy(3));
        assertThat(ann().renew(LEASE, List.of(held))).isEqualTo(new Renewal(Set.of(), Set.of()));
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(probe().pending(NORMAL))
                .containsExactly(
                        new Probe.Pending(held.entry(), "ann", held.token().delivery()));
    }

    @Test
    default void tellsARenewerWhatIsToBeCancelled() {
        Delivery first = takenBy(ann(), Jobs.job(1));
        Delivery second = takenBy(ann(), Jobs.job(2));
        probe().flag(Jobs.id(2));
        assertThat(ann().renew(LEASE, List.of(first, second)).flagged()).containsExactly(EntryKey.of(second));
    }

    @Test
    default void I7_neverStealsAnEntryBackByRenewing() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        dies("ann", held);
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        assertThat(ann().renew(LEASE, List.of(held)).lost()).containsExactly(EntryKey.of(held));
        assertThat(probe().pending(NORMAL))
                .containsExactly(new Probe.Pending(
                        claimed.entry(), "bob", claimed.token().delivery()));
        assertThat(bob().renew(LEASE, List.of(claimed)).lost()).isEmpty();
        assertThat(bob().renew(LEASE, List.of(held)).lost()).containsExactly(EntryKey.of(held));
    }

    @Test
    default void renewsMoreThanOneBatchAtOnce() {
        for (int number = 1; number <= 300; number++) {
            submit(Jobs.job(number));
        }
        List<Delivery> held = ann().take(Jobs.QUEUE, 300);
        assertThat(held).hasSize(300);
        probe().flag(Jobs.id(299));
        Renewal renewal = ann().renew(LEASE, held);
        assertThat(renewal.lost()).isEmpty();
        assertThat(renewal.flagged()).containsExactly(EntryKey.of(held.get(298)));
    }

    @Test
    default void I6_reclaimsWhatADeadWorkerHeldWithAHigherToken() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        dies("ann", held);
        List<Delivery> claimed = bob().reclaim(Jobs.QUEUE, 5, LEASE);
        assertThat(claimed).singleElement().returns(held.job(), Delivery::job);
        assertThat(claimed.getFirst().token()).isGreaterThan(held.token());
        assertThat(start(bob(), claimed.getFirst())).isEqualTo(Admit.GO);
    }

    @Test
    default void I7_leavesWhatAWorkerHoldsWhoseLeaseStands() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().age(NORMAL, held.entry(), LEASE.plusSeconds(5));
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        probe().age(NORMAL, held.entry(), LEASE.minusSeconds(5));
        probe().gone("ann");
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
    }

    @Test
    default void reclaimsWhatALivingWorkerDidNotRenewForTwoLeases() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().age(NORMAL, held.entry(), LEASE.multipliedBy(2));
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).hasSize(1);
    }

    @Test
    default void reclaimsNothingOfItsOwnAndNotMoreThanItAskedFor() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3));
        ann().take(Jobs.QUEUE, 3).forEach(held -> dies("ann", held));
        assertThat(ann().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(bob().reclaim(Jobs.QUEUE, 2, LEASE)).hasSize(2);
        assertThat(bob().reclaim(Jobs.QUEUE, 2, LEASE)).hasSize(1);
    }

    @Test
    default void reclaimsNothingOfAPausedQueue() {
        dies("ann", takenBy(ann(), Jobs.job(1)));
        streams("api").pause(Jobs.QUEUE);
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
    }

    @Test
    default void reclaimDropsWhatIsStaleCancelledOrGone() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4));
        List<Delivery> held = ann().take(Jobs.QUEUE, 4);
        held.forEach(one -> dies("ann", one));
        probe().removeMarker(Jobs.id(1));
        probe().flag(Jobs.id(2));
        probe().removeEntry(NORMAL, held.get(2).entry());
        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE))
                .extracting(Delivery::job)
                .containsExactly(Jobs.job(4));
        assertThat(endOf(Jobs.id(2)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(probe().pending(NORMAL)).hasSize(1);
    }

    @Test
    default void I14_sendsAJobWhoseWorkersDiedTwiceToTheSuspectLane() {
        dies("ann", takenBy(ann(), Jobs.job(1)));
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        dies("bob", claimed);
        assertThat(streams("cid").reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();

        assertEmpty(NORMAL);
        assertThat(markerOf(Jobs.id(1))).returns("s", Probe.Marker::place).returns(2L, Probe.Marker::run);
        assertThat(streams("cid").take(Jobs.QUEUE, 5)).isEmpty();
        Delivery suspect = streams("cid").takeSuspect(Jobs.QUEUE).getFirst();
        assertThat(suspect.job().deaths()).isEqualTo(2);
        assertThat(suspect.token()).isGreaterThan(claimed.token());
    }

    @Test
    default void I14_quarantinesASuspectThatDiedAlone() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        assertThat(start(streams("cid"), suspect)).isEqualTo(Admit.GO);
        dies("cid", suspect);
        assertThat(ann().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();

        Ended end = endOf(Jobs.id(1));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        JobError error = Objects.requireNonNull(end.error());
        assertThat(error.type()).isEqualTo(JobError.QUARANTINED);
        assertThat(error.message()).contains("3 workers").contains("cid");
        assertEmpty(SUSPECT);
        assertThat(ann().takeSuspect(Jobs.QUEUE)).isEmpty();
    }

    @Test
    default void I14_lessThanADeathAloneQuarantinesNobody() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        streams("cid").renew(LEASE, List.of());
        probe().age(SUSPECT, suspect.entry(), LEASE.multipliedBy(2));
        assertThat(ann().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();
        assertThat(succeed(streams("cid"), suspect)).isEqualTo(Settled.FENCED);
        assertThat(succeed(ann(), ann().takeSuspect(Jobs.QUEUE).getFirst())).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void I14_innocentPrefetchedJobsOnlyVisitTheSuspectLane() {
        Job poison = Jobs.job(1);
        Job innocent = Jobs.job(2);
        submit(poison, innocent);
        ann().take(Jobs.QUEUE, 2).forEach(held -> dies("ann", held));
        bob().reclaim(Jobs.QUEUE, 2, LEASE).forEach(held -> dies("bob", held));
        ann().reclaim(Jobs.QUEUE, 2, LEASE);

        JobStreams cid = streams("cid");
        dies("cid", cid.takeSuspect(Jobs.QUEUE).getFirst());
        ann().reclaim(Jobs.QUEUE, 2, LEASE);
        succeed(ann(), ann().takeSuspect(Jobs.QUEUE).getFirst());
        assertThat(endOf(poison.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(endOf(innocent.id()).state()).isEqualTo(JobState.SUCCEEDED);
        assertEmpty(SUSPECT);
    }

    @Test
    default void givesTheLoneKeyToOneWorkerAtATime() {
        assertThat(ann().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
        assertThat(ann().holdSuspectLock(Jobs.QUEUE, LEASE)).isTrue();
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
        bob().releaseSuspectLock(Jobs.QUEUE);
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
        ann().releaseSuspectLock(Jobs.QUEUE);
        assertThat(bob().holdSuspectLock(Jobs.QUEUE, Duration.ofMillis(50))).isTrue();
        Awaiting.until("the suspect lock runs out", () -> ann().holdSuspectLock(Jobs.QUEUE, LEASE));
    }

    @Test
    default void I5_adoptsWhatALostReplyBroughtWithoutCountingADelivery() {
        submit(Jobs.job(1), Jobs.job(2));
        Delivery known = ann().take(Jobs.QUEUE, 1).getFirst();
        Delivery unheard = ann().take(Jobs.QUEUE, 1).getFirst();
        Duration idle = Duration.ofSeconds(5);
        Set<EntryKey> hands = Set.of(EntryKey.of(known));
        assertThat(ann().strays(Jobs.QUEUE, hands, idle)).isEmpty();

        probe().age(NORMAL, known.entry(), idle);
        probe().age(NORMAL, unheard.entry(), idle);
        assertThat(bob().strays(Jobs.QUEUE, Set.of(), idle)).isEmpty();
        assertThat(ann().strays(Jobs.QUEUE, hands, idle)).containsExactly(unheard);
        assertThat(probe().events()).isEmpty();
        assertThat(succeed(ann(), unheard)).isEqualTo(Settled.OK);
    }

    @Test
    default void adoptsNothingThatIsJunkOrGone() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().removeEntry(NORMAL, held.entry());
        probe().age(NORMAL, held.entry(), LEASE);
        assertThat(ann().strays(Jobs.QUEUE, Set.of(), LEASE)).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    default void I6_everyTokenOfAJobRisesOverItsWholeLife() {
        Delivery first = takenBy(ann(), Jobs.job(1));
        ann().handback(List.of(first));
        Delivery second = ann().take(Jobs.QUEUE, 1).getFirst();
        dies("ann", second);
        Delivery third = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        dies("bob", third);
        ann().reclaim(Jobs.QUEUE, 1, LEASE);
        Delivery fourth = ann().takeSuspect(Jobs.QUEUE).getFirst();
        assertThat(List.of(first.token(), second.token(), third.token(), fourth.token()))
                .isSorted()
                .doesNotHaveDuplicates();
        succeed(ann(), fourth);
        assertThat(probe().eventsOf(Jobs.id(1))).extracting(JobEvent::position).isSorted();
    }

    @Test
    default void I5_putsWhatADeadWorkerHeldInAnEarlierEpochBackWithItsDeath() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        streams("api").bless(2);
        dies("ann", held);

        assertThat(bob().reclaim(Jobs.QUEUE, 5, LEASE)).isEmpty();

        Delivery next = bob().take(Jobs.QUEUE, 5).getFirst();
        assertThat(next.token()).isGreaterThan(held.token());
        assertThat(next.job().deaths()).isEqualTo(1);
    }
}
