package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Ordered;
import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobEvent.Progressed;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Started;
import dev.millrace.job.JobState;
import dev.millrace.job.Token;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EntryKey;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Ordering;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a run tells of itself and ends, once, and only by whoever holds it. */
interface SettleContract extends StreamSubject {

    Duration A_LITTLE = Duration.ofMillis(7);

    @Test
    default void tellsOfAStartThatWasAMomentAgoAndOfProgress() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(ann().report(List.of(
                        new ProgressReport(held, Duration.ofMillis(700), new Progress(3, 10, "reading")))))
                .isEmpty();
        assertThat(ann().report(List.of(new ProgressReport(held, null, new Progress(4, 0, null)))))
                .isEmpty();

        List<JobEvent> events = probe().eventsOf(Jobs.id(1));
        assertThat(events).hasSize(3);
        assertThat(events.getFirst()).isInstanceOf(Started.class);
        Duration before = Duration.between(events.get(0).at(), events.get(1).at());
        assertThat(before).isEqualTo(Duration.ofMillis(700));
        assertThat(((Progressed) events.get(1)).progress()).isEqualTo(new Progress(3, 10, "reading"));
        assertThat(((Progressed) events.get(2)).progress()).isEqualTo(new Progress(4, 0, null));
        assertThat(events)
                .allSatisfy(event -> assertThat(event.position().token()).isEqualTo(held.token()));
    }

    @Test
    default void I7_namesTheNotesOfEntriesThatAreLostAndTellsNothingOfThem() {
        Delivery mine = takenBy(ann(), Jobs.job(1));
        Delivery lost = takenBy(bob(), Jobs.job(2));
        ProgressReport note = new ProgressReport(mine, Duration.ZERO, null);
        assertThat(ann().report(List.of(new ProgressReport(lost, Duration.ZERO, null), note)))
                .containsExactly(EntryKey.of(lost));
        assertThat(probe().eventsOf(Jobs.id(2))).isEmpty();
        assertThat(probe().eventsOf(Jobs.id(1))).hasSize(1);
    }

    @Test
    default void endsARunWithItsResultAndLeavesNothingOnTheLane() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        Finish finish = new Finish(held, JobState.SUCCEEDED, Duration.ofMillis(40), "{\"n\":1}", null);
        assertThat(ann().finish(List.of(finish))).containsExactly(Settled.OK);

        Ended end = endOf(Jobs.id(1));
        assertThat(end).returns("{\"n\":1}", Ended::result).returns(JobState.SUCCEEDED, Ended::state);
        Start start = Objects.requireNonNull(end.start());
        assertThat(start).returns("ann", Start::worker).returns(Duration.ofMillis(40), Start::duration);
        assertThat(start.at()).isEqualTo(end.at().minusMillis(40));
        assertThat(end.position().token()).isEqualTo(held.token());
        assertEmpty(NORMAL);
        assertThat(markerOf(Jobs.id(1))).returns(true, Probe.Marker::ended).returns(null, Probe.Marker::life);
    }

    @Test
    default void endsARunWithWhatItOrderedAndTellsOfItOnce() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        String orders = "[{\"key\":\"#1\",\"job\":{\"task\":\"demo.echo\",\"payload\":null}}]";
        Finish finish = new Finish(held, JobState.SUCCEEDED, A_LITTLE, "1", null, orders);

        assertThat(ann().finish(List.of(finish))).containsExactly(Settled.OK);
        assertThat(ann().finish(List.of(finish))).containsExactly(Settled.OK);

        assertThat(endOf(Jobs.id(1))).returns(orders, Ended::orders).returns("1", Ended::result);
    }

    @Test
    default void tellsOfWhatARunHasOrderedThatGoesOn() {
        Delivery mine = takenBy(ann(), Jobs.job(1));
        Delivery lost = takenBy(bob(), Jobs.job(2));

        assertThat(ann().order(List.of(new Ordering(lost, "[1]"), new Ordering(mine, "[2]"))))
                .containsExactly(EntryKey.of(lost));

        assertThat(probe().eventsOf(Jobs.id(2))).isEmpty();
        assertThat(probe().eventsOf(Jobs.id(1)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Ordered.class,
                        told -> assertThat(told)
                                .returns("[2]", Ordered::orders)
                                .returns(
                                        mine.token(),
                                        ordered -> ordered.position().token()));
        assertThat(succeed(ann(), mine)).isEqualTo(Settled.OK);
    }

    @Test
    default void W14_tellsNothingOfWhatAFencedRunOrdered() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        dies("ann", held);
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();

        assertThat(ann().finish(List.of(new Finish(held, JobState.SUCCEEDED, A_LITTLE, null, null, "[]"))))
                .containsExactly(Settled.FENCED);
        assertThat(succeed(bob(), claimed)).isEqualTo(Settled.OK);

        assertThat(endOf(Jobs.id(1)).orders()).isNull();
    }

    @Test
    default void endsARunWithItsError() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        JobError error = new JobError("java.io.IOException", null, "at line 1\nat line 2");
        ann().finish(List.of(new Finish(held, JobState.FAILED, null, null, error)));
        assertThat(endOf(Jobs.id(1)).error()).isEqualTo(error);
        assertThat(endOf(Jobs.id(1)).start()).isNull();
    }

    @Test
    default void I9_answersOkAgainAfterALostReplyAndEndsOnce() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(succeed(ann(), held)).isEqualTo(Settled.OK);
        assertThat(succeed(ann(), held)).isEqualTo(Settled.OK);
        endOf(Jobs.id(1));
    }

    @Test
    default void I9_endsAnEntryNamedTwiceInOneCallOnce() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        Finish success = new Finish(held, JobState.SUCCEEDED, A_LITTLE, null, null);
        Finish failure = new Finish(held, JobState.FAILED, A_LITTLE, null, null);
        assertThat(ann().finish(List.of(success, failure))).containsExactly(Settled.OK, Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void I7_fencesAnEndByAnotherConsumerOrWithAnOlderDelivery() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(succeed(bob(), held)).isEqualTo(Settled.FENCED);
        dies("ann", held);
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        assertThat(succeed(ann(), held)).isEqualTo(Settled.FENCED);
        assertThat(succeed(bob(), held)).isEqualTo(Settled.FENCED);
        assertThat(probe().events()).isEmpty();
        assertThat(succeed(bob(), claimed)).isEqualTo(Settled.OK);
        assertThat(succeed(ann(), held)).isEqualTo(Settled.FENCED);
        assertThat(succeed(bob(), claimed)).isEqualTo(Settled.OK);
        endOf(Jobs.id(1));
    }

    @Test
    default void I7_endsManyInOneCallButThoseThatAnotherHolds() {
        IntStream.rangeClosed(1, 60)
                .forEach(number -> submit(Jobs.job(number, number % 2 == 0 ? Band.HIGH : Band.NORMAL)));
        List<Delivery> all = new ArrayList<>(ann().take(Jobs.QUEUE, 25));
        List<Delivery> others = bob().take(Jobs.QUEUE, 10);
        all.addAll(others);
        all.addAll(ann().take(Jobs.QUEUE, 25));
        Delivery takenOver = all.get(3);
        dies("ann", takenOver);
        assertThat(bob().reclaim(Jobs.QUEUE, 1, LEASE)).hasSize(1);
        Collections.shuffle(all, new Random(7));

        List<Settled> settled = ann().finish(all.stream()
                .map(one -> new Finish(one, JobState.SUCCEEDED, A_LITTLE, null, null))
                .toList());

        for (int i = 0; i < all.size(); i++) {
            Delivery one = all.get(i);
            boolean lost = others.contains(one) || one.equals(takenOver);
            assertThat(settled.get(i)).isEqualTo(lost ? Settled.FENCED : Settled.OK);
            assertThat(markerOf(one.job().id()).ended()).isEqualTo(!lost);
        }
        assertThat(probe().pending(NORMAL).size()
                        + probe().pending(Lane.of(Jobs.QUEUE, Band.HIGH)).size())
                .isEqualTo(11);
        List<Finish> bobs = Stream.concat(others.stream(), Stream.of(takenOver))
                .map(one -> new Finish(one, JobState.SUCCEEDED, A_LITTLE, null, null))
                .toList();
        assertThat(bob().finish(bobs).subList(0, 10)).containsOnly(Settled.OK);
        assertThat(bob().finish(bobs).getLast()).isEqualTo(Settled.FENCED);
        assertThat(markerOf(takenOver.job().id()).ended()).isFalse();
    }

    @Test
    default void I7_fencesAnEndWhoseGroupIsGone() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().removeGroup(NORMAL);
        assertThat(succeed(ann(), held)).isEqualTo(Settled.FENCED);
        assertThat(probe().entries(NORMAL)).hasSize(1);
        assertThat(probe().events()).isEmpty();
    }

    @Test
    default void I9_fencesTheEndOfAnEntryThatItsMarkerDoesNotName() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().setMarker(Jobs.id(1), "1.2|qnormal|9-9|");
        assertThat(succeed(ann(), held)).isEqualTo(Settled.FENCED);
        assertThat(probe().events()).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    default void I7_leavesWhatAnotherRunHasUnderTheSameIdInARedisThatWasSetBack() {
        Delivery held = takenBy(ann(), Jobs.job(1).withRun(2));
        Delivery before = new Delivery(held.lane(), held.entry(), new Token(1, 1, 1), Jobs.job(1));
        assertThat(succeed(ann(), before)).isEqualTo(Settled.FENCED);
        assertThat(succeed(ann(), held)).isEqualTo(Settled.OK);
    }

    @Test
    default void endsWhatItHoldsBesideWhatItLost() {
        Delivery lost = takenBy(bob(), Jobs.job(1));
        Delivery held = takenBy(ann(), Jobs.job(2));
        Finish mine = new Finish(held, JobState.SUCCEEDED, A_LITTLE, null, null);
        Finish others = new Finish(lost, JobState.SUCCEEDED, A_LITTLE, null, null);
        assertThat(ann().finish(List.of(others, mine))).containsExactly(Settled.FENCED, Settled.OK);
        assertThat(probe().pending(NORMAL)).hasSize(1);
    }

    @Test
    default void I17_cancelsWhatWasFlaggedAndDidNotSucceed() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().flag(Jobs.id(1));
        assertThat(end(ann(), held, JobState.FAILED)).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(end(ann(), held, JobState.FAILED)).isEqualTo(Settled.OK);
    }

    @Test
    default void I17_letsASuccessStandThatWasFlagged() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().flag(Jobs.id(1));
        succeed(ann(), held);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    default void I10_letsOnlyTheMarkersOfExactlyTheNamedEndsGo() {
        succeed(ann(), takenBy(ann(), Jobs.job(1)));
        succeed(ann(), takenBy(ann(), Jobs.job(2)));
        submit(Jobs.job(3));
        streams("api")
                .projected(
                        List.of(),
                        List.of(
                                new EndedRun(Jobs.id(1), 1, 1),
                                new EndedRun(Jobs.id(2), 1, 2),
                                new EndedRun(Jobs.id(2), 2, 1),
                                new EndedRun(Jobs.id(3), 1, 1)));
        assertThat(markerOf(Jobs.id(1)).life()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(markerOf(Jobs.id(2)).life()).isNull();
        assertThat(markerOf(Jobs.id(3)).life()).isNull();
    }

    @Test
    default void I26_keepsEveryEventWhenItIsProjected() {
        succeed(ann(), takenBy(ann(), Jobs.job(1)));
        List<EntryId> events = probe().events().stream().map(Decoded::entry).toList();
        streams("api").projected(events, List.of(new EndedRun(Jobs.id(1), 1, 1)));
        assertThat(probe().events()).extracting(Decoded::entry).containsExactlyElementsOf(events);
    }

    @Test
    default void I8_forgetsAConsumerOnlyWhenNothingIsPendingForIt() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(bob().forget(NORMAL, "ann")).isFalse();
        assertThat(succeed(ann(), held)).isEqualTo(Settled.OK);
        assertThat(bob().forget(NORMAL, "ann")).isTrue();
        assertThat(bob().forget(NORMAL, "ann")).isTrue();
        assertThat(bob().forget(Lane.suspect(Jobs.QUEUE), "nobody")).isTrue();
    }
}
