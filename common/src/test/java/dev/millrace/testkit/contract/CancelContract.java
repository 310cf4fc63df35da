package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a job ends that is not wanted any more, wherever it is, and how a queue is held up. */
interface CancelContract extends StreamSubject {

    @ParameterizedTest
    @EnumSource(Band.class)
    default void I16_endsAJobThatWaitsOnItsLane(Band band) {
        Job job = Jobs.job(1, band);
        submit(job, Jobs.job(2, band));
        assertThat(cancel(job)).isEqualTo(Cancellation.CANCELLED);
        assertThat(endOf(job.id()))
                .returns(JobState.CANCELLED, Ended::state)
                .returns(null, Ended::start)
                .returns(1L, Ended::run);
        assertThat(markerOf(job.id())).returns(true, Probe.Marker::ended).returns(null, Probe.Marker::life);
        assertThat(ann().take(Jobs.QUEUE, 3)).extracting(Delivery::job).containsExactly(Jobs.job(2, band));
    }

    @Test
    default void endsASuspectThatWaits() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        assertThat(streams("cid").handback(List.of(suspect))).containsExactly(Settled.OK);
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertEmpty(SUSPECT);
    }

    @Test
    default void endsAJobThatWaitsForItsTimeWithTheAttemptItHadReached() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        retry(ann(), held, Duration.ofHours(1));
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertThat(endOf(Jobs.id(1))).returns(2L, Ended::run).returns(2, Ended::attempt);
        assertThat(probe().delays()).isEmpty();
        assertThat(holdAll(sue())).isZero();
    }

    @Test
    default void I16_endsAJobThatASchedulerWasGivenAndDidNotHoldYet() {
        submit(tomorrow(Jobs.job(1)));
        List<EntryId> given = sue().delayed(1, Duration.ofMillis(1));
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertThat(probe().delaysPending()).isEmpty();
        assertThat(sue().hold(given)).isZero();
        assertThat(probe().timers()).isEmpty();
        endOf(Jobs.id(1));
    }

    @Test
    default void I16_endsAJobThatIsHeld() {
        Job job = held(Jobs.job(1));
        assertThat(cancel(job)).isEqualTo(Cancellation.CANCELLED);
        assertThat(probe().timers()).isEmpty();
        assertThat(probe().timerJobs()).isEmpty();
        assertThat(endOf(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertThat(submit(job)).containsExactly(Admission.ENDED);
    }

    @Test
    default void endsAJobThatExpiredWhereverItWaits() {
        submit(Jobs.job(1));
        held(Jobs.job(2));
        submit(tomorrow(Jobs.job(3)));
        Stream.of(1, 2, 3).map(Jobs::job).forEach(job -> {
            assertThat(cancel(job, JobState.EXPIRED)).isEqualTo(Cancellation.CANCELLED);
            assertThat(endOf(job.id()).state()).isEqualTo(JobState.EXPIRED);
        });
    }

    @Test
    default void I17_asksTheWorkerThatHasItOnce() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.FLAGGED);
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.FLAGGED);
        assertThat(ann().renew(LEASE, List.of(held)).flagged()).containsExactly(EntryKey.of(held));
        assertThat(probe().events()).isEmpty();
        assertThat(end(ann(), held, JobState.FAILED)).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(markerOf(Jobs.id(1)).ended()).isTrue();
    }

    @Test
    default void I16_startsNothingThatWasFlagged() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.FLAGGED);
        assertThat(start(ann(), held)).isEqualTo(Admit.DROPPED);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void I17_letsASuccessWinThatCameFirst() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        succeed(ann(), held);
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.ENDED);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void leavesWhatAWorkerHasWhenItExpires() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(cancel(Jobs.job(1), JobState.EXPIRED)).isEqualTo(Cancellation.HELD);
        assertThat(markerOf(Jobs.id(1)).flagged()).isFalse();
        assertThat(end(ann(), held, JobState.FAILED)).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    default void answersEndedToARepeatedCancel() {
        submit(Jobs.job(1));
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.ENDED);
        endOf(Jobs.id(1));
    }

    @Test
    default void I16_keepsWhatWasNowhereFromBeingEnqueuedForAWhile() {
        assertThat(cancel(Jobs.job(1).withRun(2))).isEqualTo(Cancellation.NONE);
        assertThat(markerOf(Jobs.id(1)))
                .returns(2L, Probe.Marker::run)
                .returns(true, Probe.Marker::ended)
                .satisfies(
                        marker -> assertThat(marker.life()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20)));
        assertThat(submit(Jobs.job(1).withRun(2))).containsExactly(Admission.ENDED);
        assertThat(submit(Jobs.job(1).withRun(3))).containsExactly(Admission.OK);
        assertThat(probe().eventsOf(Jobs.id(1))).noneMatch(Ended.class::isInstance);
    }

    @Test
    default void I10_takesTheEndOfAnEarlierRunForNone() {
        succeed(ann(), takenBy(ann(), Jobs.job(1)));
        assertThat(cancel(Jobs.job(1).withRun(2))).isEqualTo(Cancellation.NONE);
        assertThat(submit(Jobs.job(1).withRun(2))).containsExactly(Admission.ENDED);
    }

    @Test
    default void endsALaterRunThanTheCallerKnowsOf() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(ann().handback(List.of(held))).containsExactly(Settled.OK);
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertThat(endOf(Jobs.id(1)).run()).isEqualTo(2);
    }

    @Test
    default void findsNothingWhereTheEntryOrTimerIsGone() {
        submit(Jobs.job(1).withRun(3));
        probe().entries(NORMAL).forEach(entry -> probe().removeEntry(NORMAL, entry));
        held(Jobs.job(2));
        probe().removeTimerJob(Jobs.id(2));
        probe().setMarker(Jobs.id(3), "what is this?");
        Stream.of(1, 2, 3).map(Jobs::job).forEach(job -> {
            assertThat(cancel(job)).isEqualTo(Cancellation.NONE);
            assertThat(reconcile(job)).containsExactly(Admission.ENDED);
        });
        assertThat(markerOf(Jobs.id(1)).run()).isEqualTo(3);
        assertThat(probe().timers()).isEmpty();
    }

    @Test
    default void endsAMalformedEntryThatWaits() {
        EntryId broken = probe().put(NORMAL, Map.of("job", "?"));
        probe().setMarker(Jobs.id(1), "1.1|qnormal|" + broken + "|");
        assertThat(cancel(Jobs.job(1))).isEqualTo(Cancellation.CANCELLED);
        assertEmpty(NORMAL);
        endOf(Jobs.id(1));
    }

    @Test
    default void cancelsJobsOfSeveralQueuesInOneCall() {
        Delivery held = takenBy(ann(), Jobs.job(3));
        submit(Jobs.job(1));
        QueueName other = new QueueName("other");
        assertThat(streams("api")
                        .cancel(List.of(
                                new Cancel(Jobs.id(2), other, 1, JobState.CANCELLED),
                                new Cancel(held.job().id(), Jobs.QUEUE, 1, JobState.CANCELLED),
                                new Cancel(Jobs.id(1), Jobs.QUEUE, 1, JobState.CANCELLED))))
                .containsExactly(Cancellation.NONE, Cancellation.FLAGGED, Cancellation.CANCELLED);
        assertThat(probe().entries(NORMAL)).containsExactly(held.entry());
    }

    @Test
    default void knowsNoOtherReasons() {
        assertThatThrownBy(() -> cancel(Jobs.job(1), JobState.FAILED)).hasMessageContaining("not FAILED");
    }

    @Test
    default void startsNothingOfAPausedQueueUntilItIsResumed() {
        submit(Jobs.job(1));
        streams("api").pause(Jobs.QUEUE);
        streams("api").pause(Jobs.QUEUE);
        assertThat(ann().take(Jobs.QUEUE, 1)).isEmpty();
        assertThat(cancel(Jobs.job(2))).isEqualTo(Cancellation.NONE);
        streams("api").resume(Jobs.QUEUE);
        streams("api").resume(Jobs.QUEUE);
        assertThat(ann().take(Jobs.QUEUE, 1)).hasSize(1);
    }

    @Test
    default void I38_purgesWhatWaitsAndLetsAloneWhatAWorkerHas() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        submit(Jobs.job(2));
        submit(tomorrow(Jobs.job(3)));
        assertThat(streams("api")
                        .purge(Stream.of(1, 2, 3, 4)
                                .map(number -> new Cancel(Jobs.id(number), Jobs.QUEUE, 1, JobState.CANCELLED))
                                .toList()))
                .containsExactly(Cancellation.HELD, Cancellation.CANCELLED, Cancellation.CANCELLED, Cancellation.NONE);
        assertThat(endOf(Jobs.id(2)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(ann().renew(LEASE, List.of(held)).flagged()).isEmpty();
        assertThat(end(ann(), held, JobState.FAILED)).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.FAILED);
        assertThat(submit(Jobs.job(4))).containsExactly(Admission.ENDED);
    }

    @Test
    default void tellsWhichQueuesArePaused() {
        QueueName other = new QueueName("other");
        streams("api").keepPaused(List.of(Jobs.QUEUE));
        streams("api").keepPaused(List.of());
        submit(Jobs.job(1));
        assertThat(ann().take(Jobs.QUEUE, 1)).isEmpty();
        assertThat(streams("api").paused(List.of(Jobs.QUEUE, other))).containsExactly(Jobs.QUEUE);
        streams("api").resume(Jobs.QUEUE);
        assertThat(streams("api").paused(List.of(Jobs.QUEUE, other))).isEmpty();
        assertThat(streams("api").paused(List.of())).isEmpty();
    }
}
