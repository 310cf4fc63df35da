package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Batch;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How jobs come onto their lanes, once. */
interface SubmitContract extends StreamSubject {

    @Test
    default void putsAJobOnItsBandAndNamesItsEntryInTheMarker() {
        Job job = Jobs.job(1, Band.HIGH);
        assertThat(submit(job)).containsExactly(Admission.OK);

        Lane high = Lane.of(Jobs.QUEUE, Band.HIGH);
        assertThat(probe().entries(high)).containsExactly(markerOf(job.id()).entry());
        assertThat(markerOf(job.id())).returns("qhigh", Probe.Marker::place).returns(1L, Probe.Marker::run);
        assertThat(markerOf(job.id()).life()).isNull();
        assertThat(streams("api").live(Jobs.QUEUE, Band.HIGH)).isEqualTo(1);
    }

    @Test
    default void tellsOfNoQueuedEventForAFirstRun() {
        submit(Jobs.job(1));
        assertThat(probe().events()).isEmpty();
    }

    @Test
    default void tellsOfAQueuedEventForALaterRun() {
        assertThat(submit(Jobs.job(1).withRun(3))).containsExactly(Admission.OK);
        assertThat(probe().eventsOf(Jobs.id(1)))
                .singleElement()
                .isInstanceOf(Queued.class)
                .returns(3L, event -> event.run());
    }

    @Test
    default void I4_answersDuplicateToARepeatedEnqueue() {
        submit(Jobs.job(1));
        assertThat(submit(Jobs.job(1), Jobs.job(2))).containsExactly(Admission.DUPLICATE, Admission.OK);
        assertThat(probe().entries(NORMAL)).hasSize(2);
    }

    @Test
    default void I4_takesAJobNamedTwiceInOneCallOnce() {
        assertThat(submit(Jobs.job(1), Jobs.job(1))).containsExactly(Admission.OK, Admission.DUPLICATE);
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void I9_answersEndedToARunThatEnded() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        succeed(ann(), held);
        assertThat(submit(Jobs.job(1))).containsExactly(Admission.ENDED);
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.ENDED);
        assertEmpty(NORMAL);
    }

    @Test
    default void letsALaterRunThroughAnEarlierEnd() {
        succeed(ann(), takenBy(ann(), Jobs.job(1)));
        assertThat(submit(Jobs.job(1).withRun(2))).containsExactly(Admission.OK);
        assertThat(ann().take(Jobs.QUEUE, 1))
                .singleElement()
                .returns(2L, one -> one.token().run());
    }

    @Test
    default void refusesWhatIsTooLateOrTooEarly() {
        JobStreams api = streams("api");
        List<Job> jobs = List.of(Jobs.job(1), Jobs.job(2));
        assertThat(api.enqueue(Mode.SUBMIT, api.time().minus(Duration.ofMillis(10_500)), jobs))
                .containsOnly(Admission.LATE)
                .hasSize(2);
        assertThat(api.enqueue(Mode.SUBMIT, api.time().plus(Duration.ofSeconds(3)), jobs))
                .containsOnly(Admission.LATE);
        assertThat(api.enqueue(Mode.RECONCILE, api.time().minus(Duration.ofMillis(10_500)), jobs))
                .containsOnly(Admission.LATE);
        assertThat(probe().entries(NORMAL)).isEmpty();
        assertThat(api.enqueue(Mode.SUBMIT, api.time().minus(Duration.ofSeconds(8)), jobs))
                .containsOnly(Admission.OK);
    }

    @Test
    default void answersFullAboveTheWindowAndWritesNothing() {
        probe().fill(NORMAL, 99_999);
        assertThat(submit(Jobs.job(1), Jobs.job(2), Jobs.job(1), Jobs.job(3, Band.LOW)))
                .containsExactly(Admission.OK, Admission.FULL, Admission.DUPLICATE, Admission.OK);
        assertThat(streams("api").live(Jobs.QUEUE, Band.NORMAL)).isEqualTo(100_000);
        assertThat(probe().marker(Jobs.id(2))).isNull();
    }

    @Test
    default void refusesMoreThanOneBatch() {
        List<Job> many = Collections.nCopies(Batch.MAX + 1, Jobs.job(1));
        assertThatThrownBy(() -> reconcile(many.toArray(Job[]::new))).hasMessageContaining("at most 250 jobs, not 251");
        assertThat(submit(many.subList(1, many.size()).toArray(Job[]::new))).hasSize(Batch.MAX);
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void I11_reconcileEnqueuesWhatHasNoMarker() {
        assertThat(reconcile(Jobs.job(1).withRun(4))).containsExactly(Admission.OK);
        assertThat(markerOf(Jobs.id(1)).run()).isEqualTo(4);
    }

    /** The record calls run 1 live, since the end has not been projected yet. */
    @Test
    default void I9_reconcileLeavesAnEndAloneThatTheRecordDoesNotKnowOfYet() {
        succeed(ann(), takenBy(ann(), Jobs.job(1)));
        assertThat(reconcile(Jobs.job(1).withRun(2))).containsExactly(Admission.ENDED);
        assertThat(reconcile(Jobs.job(1).withRun(3))).containsExactly(Admission.OK);
    }

    @Test
    default void I11_reconcileReplacesAMarkerWhoseEntryIsGone() {
        submit(Jobs.job(1));
        probe().entries(NORMAL).forEach(entry -> probe().removeEntry(NORMAL, entry));
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.OK);
        assertThat(ann().take(Jobs.QUEUE, 2))
                .singleElement()
                .returns(2L, one -> one.token().run());
        assertThat(probe().eventsOf(Jobs.id(1)))
                .hasOnlyElementsOfType(Queued.class)
                .hasSize(1);
    }

    @Test
    default void I4_reconcileLeavesAnUndeliveredEntryAlone() {
        submit(Jobs.job(1));
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.DUPLICATE);
        assertThat(ann().take(Jobs.QUEUE, 2)).hasSize(1);
    }

    @Test
    default void I4_reconcileLeavesAPendingEntryAlone() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.DUPLICATE);
        assertThat(succeed(ann(), held)).isEqualTo(Settling.Settled.OK);
    }

    @Test
    default void I4_reconcileLeavesASuspectAlone() {
        madeSuspect(Jobs.job(1));
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.DUPLICATE);
    }

    @Test
    default void I11_reconcileReplacesAnEntryThatNobodyWillBeGiven() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().acknowledge(NORMAL, held.entry());
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.OK);
        assertThat(probe().entries(NORMAL)).hasSize(1).doesNotContain(held.entry());
        assertThat(bob().take(Jobs.QUEUE, 2))
                .singleElement()
                .returns(2L, one -> one.token().run());
    }

    @Test
    default void reconcileReplacesAMarkerThatCannotBeRead() {
        probe().setMarker(Jobs.id(1), "what is this?");
        assertThat(reconcile(Jobs.job(1), Jobs.job(2))).containsOnly(Admission.OK);
        assertThat(ann().take(Jobs.QUEUE, 3)).hasSize(2);
    }

    @Test
    default void knowsWhatWasMarkedEndedBeforeItWasBlessed() {
        JobStreams api = streams("api");
        probe().loseAll();
        api.markEnded(List.of(new EndedRun(Jobs.id(1), 1, 2)));
        api.bless(2);
        assertThat(markerOf(Jobs.id(1)).life()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(reconcile(
                        Jobs.job(1).withRun(2),
                        Jobs.job(1).withRun(3),
                        Jobs.job(1).withRun(4)))
                .containsExactly(Admission.ENDED, Admission.ENDED, Admission.OK);
    }

    @Test
    default void I6_stampsTheEpochOfTheMoment() {
        Delivery before = takenBy(ann(), Jobs.job(1));
        streams("api").bless(2);
        submit(Jobs.job(2));
        Delivery after = ann().take(Jobs.QUEUE, 1).getFirst();
        assertThat(before.token().epoch()).isEqualTo(1);
        assertThat(after.token().epoch()).isEqualTo(2);
        assertThat(after.token()).isGreaterThan(before.token());
        assertThat(streams("api").epoch()).isEqualTo(2);
    }
}
