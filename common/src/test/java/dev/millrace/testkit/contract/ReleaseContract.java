package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.timers.TimerStreams.Released;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a job comes to its lane when its time has come, and not before. */
interface ReleaseContract extends StreamSubject {

    @Test
    default void I15_bringsAJobToItsLaneAsItWasGiven() {
        Job strange = Jobs.withHeaders(Jobs.job(1, Band.HIGH), Map.of("note", "\"\\ \u0001\u007f ü 😀 /", "empty", ""));
        Job job = held(Jobs.expiring(strange, Instant.parse("2099-01-01T00:00:00Z")));
        fallsDue(job.id());
        assertThat(sue().release(10).late()).hasSize(1);

        Delivery taken = ann().take(Jobs.QUEUE, 2).getFirst();
        assertThat(taken.job()).isEqualTo(job);
        assertThat(taken.lane()).isEqualTo(Lane.of(Jobs.QUEUE, Band.HIGH));
        assertThat(taken.token()).returns(1L, one -> one.run()).returns(1, one -> one.delivery());
        assertThat(succeed(ann(), taken)).isEqualTo(Settled.OK);
        assertNoTimer();
    }

    @Test
    default void tellsThatTheJobWaitsInItsQueueWithTheSameRun() {
        Job job = held(Jobs.job(1).withRun(4));
        fallsDue(job.id());
        sue().release(10);
        JobEvent event = probe().eventsOf(job.id()).getFirst();
        assertThat(event).isInstanceOf(Queued.class).returns(4L, JobEvent::run);
        assertThat(markerOf(job.id()))
                .returns(4L, Probe.Marker::run)
                .returns("qnormal", Probe.Marker::place)
                .returns(probe().entries(NORMAL).getFirst(), Probe.Marker::entry);
    }

    @Test
    default void I19_releasesNothingBeforeItsTime() {
        Instant due = streams("api").time().plusMillis(300);
        submit(Jobs.due(Jobs.job(1), due));
        holdAll(sue());
        Released released = sue().release(10);
        while (released.late().isEmpty()) {
            assertThat(released.next()).isEqualTo(Jobs.due(Jobs.job(1), due).due());
            assertThat(released.quiet()).isBetween(Duration.ZERO, Duration.ofMillis(300));
            released = sue().release(10);
        }
        Instant told = probe().eventsOf(Jobs.id(1)).getFirst().at();
        assertThat(told)
                .isAfterOrEqualTo(
                        Objects.requireNonNull(Jobs.due(Jobs.job(1), due).due()));
        assertThat(released.next()).isNull();
        assertThat(released.quiet()).isNull();
    }

    @Test
    default void releasesTheLongestDueFirstAndNotMoreThanItIsAskedFor() {
        Instant now = streams("api").time();
        List<Integer> lateness = List.of(2, 5, 1, 4, 3);
        for (int seconds : lateness) {
            held(Jobs.job(seconds));
            probe().setTimer(Jobs.id(seconds), now.minusSeconds(seconds));
        }
        assertThat(sue().release(3).late())
                .hasSize(3)
                .allSatisfy(late -> assertThat(late).isBetween(Duration.ofSeconds(3), Duration.ofMinutes(1)));
        Released rest = sue().release(3);
        assertThat(rest.late()).hasSize(2);
        assertThat(ann().take(Jobs.QUEUE, 9))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(5), Jobs.id(4), Jobs.id(3), Jobs.id(2), Jobs.id(1));
    }

    @Test
    default void tellsWhenTheNextTimerIsDueAlsoIfItIsPast() {
        Instant now = streams("api").time().minusSeconds(2);
        held(Jobs.job(1));
        held(Jobs.job(2));
        probe().setTimer(Jobs.id(1), now);
        probe().setTimer(Jobs.id(2), now);
        Released one = sue().release(1);
        assertThat(one.quiet()).isZero();
        Instant next = Objects.requireNonNull(one.next());
        assertThat(Duration.between(next, now).abs()).isLessThan(Duration.ofMillis(1));
    }

    @Test
    default void I4_releasesOnceWhenTheReplyIsLost() {
        Job job = held(Jobs.job(1));
        fallsDue(job.id());
        sue().release(10);
        assertThat(timers("tom").release(10).late()).isEmpty();
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void endsWhatExpiredWhileItWaited() {
        Job job = held(Jobs.job(1));
        String fields = probe().timerJob(job.id());
        probe().setTimerJob(job.id(), fields.replace("[", "[\"expires\",\"1\","));
        fallsDue(job.id());
        assertThat(sue().release(10).late()).isEmpty();
        assertThat(endOf(job.id()).state()).isEqualTo(JobState.EXPIRED);
        assertThat(markerOf(job.id()).ended()).isTrue();
        assertNoTimer();
        assertEmpty(NORMAL);
    }

    @Test
    default void I16_endsWhatWasFlagged() {
        Job job = held(Jobs.job(1));
        probe().flag(job.id());
        fallsDue(job.id());
        assertThat(sue().release(10).late()).isEmpty();
        assertThat(endOf(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertEmpty(NORMAL);
    }

    @Test
    default void I4_dropsATimerThatItsMarkerDoesNotName() {
        held(Jobs.job(1));
        held(Jobs.job(2));
        probe().setMarker(Jobs.id(1), "1.2|t||");
        probe().removeMarker(Jobs.id(2));
        fallsDue(Jobs.id(1));
        fallsDue(Jobs.id(2));
        assertThat(sue().release(10).late()).isEmpty();
        assertNoTimer();
        assertEmpty(NORMAL);
        assertThat(probe().events()).isEmpty();
    }

    @Test
    default void I27_endsTimersThatCannotBeReadAndReleasesTheirNeighbours() {
        List<String> broken = List.of("no json", "{}", "[1]", "[\"job\",\"" + Jobs.id(9) + "\"]", "null");
        for (int number = 1; number <= broken.size(); number++) {
            held(Jobs.job(number));
            probe().setTimerJob(Jobs.id(number), broken.get(number - 1));
            fallsDue(Jobs.id(number));
        }
        held(Jobs.job(9));
        fallsDue(Jobs.id(9));
        assertThat(sue().release(10).late()).hasSize(1);
        for (int number = 1; number <= broken.size(); number++) {
            assertThat(endOf(Jobs.id(number)).error()).returns(JobError.QUARANTINED, JobError::type);
        }
        assertNoTimer();
    }

    @Test
    default void I11_leavesATimerWithoutFieldsToTheReconcile() {
        Job job = held(Jobs.job(1));
        probe().removeTimerJob(job.id());
        fallsDue(job.id());
        assertThat(sue().release(10).late()).isEmpty();
        assertNoTimer();
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.OK);
    }

    @Test
    default void I6_stampsTheEpochOfTheRelease() {
        Job job = held(Jobs.job(1));
        streams("api").bless(2);
        fallsDue(job.id());
        sue().release(1);
        assertThat(ann().take(Jobs.QUEUE, 1))
                .singleElement()
                .returns(2, one -> one.token().epoch());
    }

    @Test
    default void I14_bringsASuspectBackToTheSuspectLane() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        assertThat(retry(streams("cid"), suspect, Duration.ZERO)).isEqualTo(Settled.OK);
        JobId job = suspect.job().id();
        assertThat(holdAll(sue())).isEqualTo(1);
        assertThat(sue().release(1).late()).hasSize(1);
        assertEmpty(NORMAL);
        assertThat(streams("cid").takeSuspect(Jobs.QUEUE))
                .singleElement()
                .returns(job, one -> one.job().id())
                .returns(2, one -> one.job().deaths())
                .returns(2, one -> one.job().attempt());
    }

    private void assertNoTimer() {
        assertThat(probe().timers()).isEmpty();
        assertThat(probe().timerJobs()).isEmpty();
    }
}
