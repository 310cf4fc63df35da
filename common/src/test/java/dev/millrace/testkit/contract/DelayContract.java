package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.EventCodec.Decoded.Quarantined;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.stream.timers.TimerStreams.Backlog;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a job that is to run later comes to be held until then. */
interface DelayContract extends StreamSubject {

    @Test
    default void putsWhatIsDueLaterOnTheDelaysAndTellsNothingOfIt() {
        assertThat(submit(tomorrow(Jobs.job(1)), tomorrow(Jobs.job(2).withRun(3))))
                .containsOnly(Admission.OK);
        assertThat(probe().delays()).hasSize(2).startsWith(entryOf(1));
        assertThat(markerOf(Jobs.id(1)).place()).isEqualTo("d");
        assertThat(markerOf(Jobs.id(2)).run()).isEqualTo(3);
        assertThat(probe().events()).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    default void putsWhatIsDueOnItsLane() {
        Instant now = streams("api").time();
        assertThat(submit(Jobs.due(Jobs.job(1), now), Jobs.due(Jobs.job(2), now.minusSeconds(3600))))
                .containsOnly(Admission.OK);
        assertThat(ann().take(Jobs.QUEUE, 3)).hasSize(2);
        assertThat(probe().delays()).isEmpty();
    }

    @Test
    default void I4_answersDuplicateForAJobThatWaits() {
        Job job = held(Jobs.job(1));
        assertThat(submit(job, tomorrow(Jobs.job(2)), tomorrow(Jobs.job(2)), Jobs.job(2)))
                .containsExactly(Admission.DUPLICATE, Admission.OK, Admission.DUPLICATE, Admission.DUPLICATE);
        assertThat(probe().delays()).hasSize(1);
    }

    @Test
    default void takesWhatIsDueLaterAlsoWhenItsLaneIsFull() {
        probe().fill(NORMAL, 100_000);
        assertThat(submit(Jobs.job(1), tomorrow(Jobs.job(2)))).containsExactly(Admission.FULL, Admission.OK);
    }

    @Test
    default void holdsWhatWaitsAsATimerAndLeavesNothingOnTheDelays() {
        Job job = held(Jobs.job(1));
        assertThat(probe().timers()).containsExactly(Map.entry(job.id(), Objects.requireNonNull(job.due())));
        assertThat(probe().timerJobs()).containsExactly(job.id());
        assertThat(sue().backlog()).isEqualTo(new Backlog(0, 1, 0));
        assertThat(markerOf(job.id()))
                .returns("t", Probe.Marker::place)
                .returns(null, Probe.Marker::entry)
                .returns(null, Probe.Marker::life);
        assertNothingDelayed();
    }

    @Test
    default void I4_holdsAnEntryOnceHoweverOftenAndByWhomever() {
        submit(tomorrow(Jobs.job(1)));
        List<EntryId> given = sue().delayed(1, Duration.ofMillis(1));
        assertThat(sue().hold(given)).isEqualTo(1);
        assertThat(sue().hold(given)).isZero();
        assertThat(timers("tom").hold(given)).isZero();
        assertThat(probe().timers()).hasSize(1);
    }

    @Test
    default void I4_dropsAnEntryThatItsMarkerDoesNotName() {
        submit(tomorrow(Jobs.job(1)));
        List<EntryId> given = sue().delayed(1, Duration.ofMillis(1));
        probe().setMarker(Jobs.id(1), "1.2|qnormal|9-9|");
        assertThat(sue().hold(given)).isZero();
        assertThat(probe().timers()).isEmpty();
        assertThat(markerOf(Jobs.id(1)).run()).isEqualTo(2);
        assertNothingDelayed();
    }

    @Test
    default void forgetsAnEntryThatIsGoneBeforeItIsHeld() {
        submit(tomorrow(Jobs.job(1)));
        List<EntryId> given = sue().delayed(1, Duration.ofMillis(1));
        probe().removeDelay(given.getFirst());
        assertThat(sue().hold(given)).isZero();
        assertNothingDelayed();
    }

    @Test
    default void I27_holdsTheNeighboursOfMalformedEntries() {
        probe().putDelay(Map.of("job", "no uuid"));
        submit(tomorrow(Jobs.job(1)));
        EntryId own = entryOf(1);
        probe().removeDelay(own);
        EntryId broken = probe().putDelay(Map.of("job", Jobs.id(1).toString(), "due", "soon"));
        probe().setMarker(Jobs.id(1), "1.1|d|" + broken + "|");
        submit(tomorrow(Jobs.job(2)));

        assertThat(holdAll(sue())).isEqualTo(1);
        assertThat(probe().timers()).containsOnlyKeys(Jobs.id(2));
        assertNothingDelayed();
        assertThat(endOf(Jobs.id(1)).error()).returns(JobError.QUARANTINED, JobError::type);
        assertThat(probe().events()).filteredOn(Quarantined.class::isInstance).hasSize(1);
    }

    @Test
    default void endsInsteadOfHoldingWhatHasExpired() {
        Job expired = Jobs.expiring(tomorrow(Jobs.job(1)), streams("api").time());
        submit(expired);
        assertThat(holdAll(sue())).isZero();
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.EXPIRED);
        assertNothingDelayed();
    }

    @Test
    default void I11_handsWhatADeadSchedulerWasGivenToTheNext() {
        submit(tomorrow(Jobs.job(1)));
        assertThat(sue().delayed(5, Duration.ofMillis(1))).hasSize(1);
        TimerStreams tom = timers("tom");
        assertThat(tom.delayed(5, Duration.ofMillis(1))).isEmpty();
        assertThat(tom.abandoned(5, Duration.ofHours(1))).isEmpty();
        assertThat(tom.hold(tom.abandoned(5, Duration.ZERO))).isEqualTo(1);
        assertThat(probe().timers()).hasSize(1);
        assertNothingDelayed();
    }

    @Test
    default void I11_findsAgainWhatItWasGivenWhenTheReplyWasLost() {
        submit(tomorrow(Jobs.job(1)), tomorrow(Jobs.job(2)));
        timers("tom").delayed(1, Duration.ofMillis(1));
        sue().delayed(1, Duration.ofMillis(1));
        assertThat(sue().unheld(5)).containsExactly(entryOf(2));
        assertThat(sue().hold(sue().unheld(5))).isEqualTo(1);
        assertThat(sue().unheld(5)).isEmpty();
        assertThat(sue().backlog()).isEqualTo(new Backlog(1, 1, 0));
    }

    @Test
    default void holdsWhatNobodyWasGivenInOneStep() {
        submit(tomorrow(Jobs.job(1)), tomorrow(Jobs.job(2)), tomorrow(Jobs.job(3)));
        assertThat(sue().holdNew(2)).isEqualTo(2);
        assertThat(probe().timers()).containsOnlyKeys(Jobs.id(1), Jobs.id(2));
        assertThat(probe().delaysPending()).isEmpty();
        assertThat(sue().holdNew(2)).isEqualTo(1);
        assertThat(sue().holdNew(2)).isZero();
        assertNothingDelayed();
    }

    @Test
    default void leavesWhatAnotherSchedulerWasGivenAndDropsWhatIsStaleWhenItHoldsWhatIsNew() {
        submit(tomorrow(Jobs.job(1)));
        timers("tom").delayed(1, Duration.ofMillis(1));
        probe().putDelay(Map.of("job", "no uuid"));
        submit(tomorrow(Jobs.job(2)), tomorrow(Jobs.job(3)));
        probe().setMarker(Jobs.id(2), "1.2|qnormal|9-9|");
        assertThat(sue().holdNew(9)).isEqualTo(1);
        assertThat(probe().timers()).containsOnlyKeys(Jobs.id(3));
        assertThat(probe().delaysPending()).hasSize(1);
    }

    @Test
    default void countsWhatIsDue() {
        held(Jobs.job(1));
        held(Jobs.job(2));
        fallsDue(Jobs.id(2));
        assertThat(sue().backlog()).isEqualTo(new Backlog(0, 2, 1));
    }

    @Test
    default void holdsAWholeBatchAtOnce() {
        submit(IntStream.rangeClosed(1, 250)
                .mapToObj(number -> tomorrow(Jobs.job(number)))
                .toArray(Job[]::new));
        assertThat(holdAll(sue())).isEqualTo(250);
        assertThat(sue().backlog().timers()).isEqualTo(250);
        assertThat(sue().hold(List.of())).isZero();
    }

    @Test
    default void I4_reconcileLeavesWhatWaitsAlone() {
        Job held = held(Jobs.job(1));
        Job given = tomorrow(Jobs.job(2));
        submit(given);
        sue().delayed(1, Duration.ofMillis(1));
        Job fresh = tomorrow(Jobs.job(3));
        submit(fresh);
        assertThat(reconcile(held, given, fresh)).containsOnly(Admission.DUPLICATE);
        assertThat(probe().delays()).hasSize(2);
        assertThat(probe().timers()).hasSize(1);
    }

    @Test
    default void I11_reconcileReplacesWhatWaitsNoMore() {
        Job withoutTime = held(Jobs.job(1));
        probe().removeTimer(withoutTime.id());
        Job withoutFields = held(Jobs.job(2));
        probe().removeTimerJob(withoutFields.id());
        Job gone = tomorrow(Jobs.job(3));
        submit(gone);
        probe().removeDelay(entryOf(3));
        Job unreachable = tomorrow(Jobs.job(4));
        submit(unreachable);
        sue().delayed(1, Duration.ofMillis(1));
        probe().acknowledgeDelay(entryOf(4));

        assertThat(reconcile(withoutTime, withoutFields, gone, unreachable)).containsOnly(Admission.OK);
        assertThat(probe().timers()).isEmpty();
        assertThat(probe().timerJobs()).isEmpty();
        assertThat(holdAll(sue())).isEqualTo(4);
        IntStream.rangeClosed(1, 4)
                .forEach(number -> assertThat(markerOf(Jobs.id(number)).run()).isEqualTo(2));
    }

    @Test
    default void reconcileBringsWhatIsDueMeanwhileToItsLane() {
        Job job = held(Jobs.job(1));
        probe().removeTimer(job.id());
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.OK);
        assertThat(ann().take(Jobs.QUEUE, 2))
                .singleElement()
                .returns(2L, one -> one.token().run());
        assertThat(probe().timerJobs()).isEmpty();
    }

    @Test
    default void I35_forgetsSchedulersThatAreGoneAndHoldNothing() {
        submit(tomorrow(Jobs.job(1)), tomorrow(Jobs.job(2)));
        sue().delayed(1, Duration.ofMillis(1));
        holdAll(timers("tom"));
        assertThat(timers("una").forgetSilent(Duration.ofHours(1))).isZero();
        assertThat(timers("una").forgetSilent(Duration.ZERO)).isEqualTo(1);
        sue().hold(sue().abandoned(1, Duration.ZERO));
        sue().leave();
        assertThat(timers("una").forgetSilent(Duration.ZERO)).isZero();
    }

    private EntryId entryOf(int number) {
        return Objects.requireNonNull(markerOf(Jobs.id(number)).entry());
    }

    default void assertNothingDelayed() {
        assertThat(probe().delays()).isEmpty();
        assertThat(probe().delaysPending()).isEmpty();
    }
}
