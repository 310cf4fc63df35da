package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Queued;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How jobs come from their lanes into a worker's hands, and which of them do not. */
interface TakeContract extends StreamSubject {

    @Test
    default void takesTheBandsInOrderAndFirstComeFirstWithinOne() {
        submit(Jobs.job(1, Band.LOW), Jobs.job(2), Jobs.job(3), Jobs.job(4, Band.CRITICAL), Jobs.job(5, Band.HIGH));
        assertThat(ann().take(Jobs.QUEUE, 3))
                .extracting(Delivery::job)
                .containsExactly(Jobs.job(4, Band.CRITICAL), Jobs.job(5, Band.HIGH), Jobs.job(2));
        assertThat(ann().take(Jobs.QUEUE, 3))
                .extracting(Delivery::job)
                .containsExactly(Jobs.job(3), Jobs.job(1, Band.LOW));
        assertThat(ann().take(Jobs.QUEUE, 3)).isEmpty();
    }

    @Test
    default void I5_givesEachEntryToOneWorkerWithTheTokenOfThePendingList() {
        submit(Jobs.job(1), Jobs.job(2));
        Delivery first = ann().take(Jobs.QUEUE, 1).getFirst();
        Delivery second = bob().take(Jobs.QUEUE, 5).getFirst();
        assertThat(probe().pending(NORMAL))
                .containsExactly(
                        new Probe.Pending(first.entry(), "ann", first.token().delivery()),
                        new Probe.Pending(second.entry(), "bob", second.token().delivery()));
    }

    @Test
    default void takesNothingFromAPausedQueue() {
        submit(Jobs.job(1));
        streams("api").pause(Jobs.QUEUE);
        assertThat(ann().take(Jobs.QUEUE, 1)).isEmpty();
        assertThat(probe().pending(NORMAL)).isEmpty();
    }

    @Test
    default void I4_dropsWhatItsMarkerDoesNotName() {
        submit(Jobs.job(1), Jobs.job(2));
        EntryId valid = probe().entries(NORMAL).getFirst();
        EntryId copy = probe().put(NORMAL, probe().fields(NORMAL, valid));
        probe().removeMarker(Jobs.id(2));

        assertThat(ann().take(Jobs.QUEUE, 5)).extracting(Delivery::entry).containsExactly(valid);
        assertThat(probe().entries(NORMAL)).containsExactly(valid).doesNotContain(copy);
        assertThat(probe().pending(NORMAL)).hasSize(1);
        assertThat(probe().events()).isEmpty();
    }

    @Test
    default void looksBehindStaleEntriesForValidOnes() {
        for (int number = 1; number <= 20; number++) {
            submit(Jobs.job(number));
            probe().removeMarker(Jobs.id(number));
        }
        submit(Jobs.job(21));
        assertThat(ann().take(Jobs.QUEUE, 1)).extracting(Delivery::job).containsExactly(Jobs.job(21));
    }

    @Test
    default void endsWhatExpired() {
        Job expired = Jobs.expiring(Jobs.job(1), streams("api").time());
        Job waiting = Jobs.expiring(Jobs.job(2), streams("api").time().plusSeconds(60));
        submit(expired, waiting);
        assertThat(ann().take(Jobs.QUEUE, 5)).extracting(Delivery::job).containsExactly(waiting);
        assertThat(endOf(expired.id())).returns(JobState.EXPIRED, Ended::state).returns(null, Ended::start);
        assertThat(markerOf(expired.id()).ended()).isTrue();
    }

    @Test
    default void I16_cancelsInsteadOfTaking() {
        submit(Jobs.job(1));
        probe().flag(Jobs.id(1));
        assertThat(ann().take(Jobs.QUEUE, 5)).isEmpty();
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertEmpty(NORMAL);
    }

    @Test
    default void I27_endsAMalformedEntryThatItsMarkerNames() {
        submit(Jobs.job(1), Jobs.job(2));
        EntryId entry = probe().entries(NORMAL).getFirst();
        Map<String, String> fields = new HashMap<>(probe().fields(NORMAL, entry));
        fields.put("attempt", "none");
        fields.put("payload", "secret-\u0000-ü");
        EntryId broken = probe().put(NORMAL, fields);
        probe().setMarker(Jobs.id(1), "1.1|qnormal|" + broken + "|");

        assertThat(ann().take(Jobs.QUEUE, 5)).extracting(Delivery::job).containsExactly(Jobs.job(2));
        Ended end = endOf(Jobs.id(1));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        JobError error = Objects.requireNonNull(end.error());
        assertThat(error.type()).isEqualTo(JobError.QUARANTINED);
        assertThat(error.stackTrace()).contains("secret-").contains("none");
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void I27_dropsMalformedEntriesThatNoMarkerNamesWithTheirBytes() {
        List<Map<String, String>> junk = List.of(
                Map.of("what", "is this"),
                Map.of("job", "not a uuid"),
                Map.of("job", Jobs.id(7).toString(), "run", "-1"),
                Map.of("job", Jobs.id(7).toString(), "epoch", "1", "run", "99999999999999999999"));
        junk.forEach(fields -> probe().put(NORMAL, fields));
        submit(Jobs.job(1));

        assertThat(ann().take(Jobs.QUEUE, 2)).extracting(Delivery::job).containsExactly(Jobs.job(1));
        assertThat(probe().events())
                .hasSize(junk.size())
                .allSatisfy(event -> assertThat(event).isInstanceOf(Decoded.Quarantined.class));
        Decoded.Quarantined first = (Decoded.Quarantined) probe().events().getFirst();
        assertThat(first.stream()).endsWith("mail:normal");
        assertThat(first.bytes()).isEqualTo("[\"what\",\"is this\"]");
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void I27_refusesEveryFieldThatCouldNotBeRead() {
        submit(Jobs.job(1));
        Map<String, String> healthy =
                probe().fields(NORMAL, probe().entries(NORMAL).getFirst());
        Map<String, String> bad = Map.of(
                "job", "0192F3C1-0000-7000-8000-000000000001",
                "task", "with space",
                "queue", "",
                "band", "urgent",
                "tenant", "",
                "epoch", "32768",
                "run", "0",
                "attempt", "0",
                "deaths", "65536",
                "expires", "soon");
        bad.forEach((name, value) -> {
            Map<String, String> fields = new HashMap<>(healthy);
            fields.put(name, value);
            probe().put(NORMAL, fields);
        });
        Map<String, String> unpaid = new HashMap<>(healthy);
        unpaid.remove("payload");
        probe().put(NORMAL, unpaid);

        assertThat(ann().take(Jobs.QUEUE, 50)).hasSize(1);
        assertThat(probe().events()).hasSize(bad.size() + 1).hasOnlyElementsOfType(Decoded.Quarantined.class);
    }

    @Test
    default void I27_keepsAnEntryOfTooManyFieldsFromStoppingTheOthers() {
        submit(Jobs.job(1), Jobs.job(2));
        Map<String, String> fields =
                new HashMap<>(probe().fields(NORMAL, probe().entries(NORMAL).getFirst()));
        for (int i = 0; i < 5_000; i++) {
            fields.put("h.name" + i, "value");
        }
        EntryId huge = probe().put(NORMAL, fields);
        probe().setMarker(Jobs.id(1), "1.1|qnormal|" + huge + "|");

        assertThat(ann().take(Jobs.QUEUE, 5)).extracting(one -> one.job().id()).containsExactly(Jobs.id(2));
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    default void makesAMissingGroupSoThatNothingIsSkipped() {
        submit(Jobs.job(1));
        ann().take(Jobs.QUEUE, 1);
        probe().removeGroup(NORMAL);
        submit(Jobs.job(2));
        assertThat(bob().take(Jobs.QUEUE, 5)).extracting(Delivery::job).containsExactly(Jobs.job(1), Jobs.job(2));
    }

    @Test
    default void I5_startsWhatItHoldsAndLeavesItToTheRunToTellOfIt() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(start(ann(), held)).isEqualTo(Admit.GO);
        assertThat(probe().pending(NORMAL))
                .containsExactly(
                        new Probe.Pending(held.entry(), "ann", held.token().delivery()));
        assertThat(probe().events()).isEmpty();
    }

    @Test
    default void I7_fencesAStartByAnotherOrWithAnOlderToken() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(start(bob(), held)).isEqualTo(Admit.FENCED);
        dies("ann", held);
        assertThat(bob().reclaim(Jobs.QUEUE, 1, LEASE)).hasSize(1);
        assertThat(start(ann(), held)).isEqualTo(Admit.FENCED);
        assertThat(start(bob(), held)).isEqualTo(Admit.FENCED);
        probe().removeGroup(NORMAL);
        assertThat(start(bob(), held)).isEqualTo(Admit.FENCED);
        assertThat(probe().eventsOf(Jobs.id(1))).isEmpty();
    }

    @Test
    default void I16_dropsInsteadOfStartingWhatWasCancelledExpiredRemovedOrReplaced() {
        Job expiring = Jobs.expiring(Jobs.job(2), streams("api").time().plusMillis(150));
        submit(Jobs.job(1), expiring, Jobs.job(3), Jobs.job(4));
        List<Delivery> held = ann().take(Jobs.QUEUE, 9);
        assertThat(held).hasSize(4);
        probe().flag(Jobs.id(1));
        probe().removeEntry(NORMAL, held.get(2).entry());
        probe().setMarker(Jobs.id(4), "1.2|qnormal|9-9|");
        Awaiting.until(
                "the job has expired", () -> !ann().time().isBefore(Objects.requireNonNull(expiring.expiresAt())));

        assertThat(ann().start(held)).containsOnly(Admit.DROPPED);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertThat(endOf(Jobs.id(2)).state()).isEqualTo(JobState.EXPIRED);
        assertThat(probe().events()).noneMatch(event -> event.toString().contains("Started"));
        assertEmpty(NORMAL);
    }

    @Test
    default void handsBackInsteadOfStartingWhatIsPaused() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        streams("api").pause(Jobs.QUEUE);
        assertThat(start(ann(), held)).isEqualTo(Admit.DROPPED);
        assertThat(markerOf(Jobs.id(1)).run()).isEqualTo(2);
        assertThat(probe().pending(NORMAL)).isEmpty();
        assertThat(probe().entries(NORMAL)).hasSize(1).doesNotContain(held.entry());
        assertThat(probe().eventsOf(Jobs.id(1)))
                .hasOnlyElementsOfType(Queued.class)
                .hasSize(1);
    }

    @Test
    default void I6_handsBackAsTheNextRun() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(ann().handback(List.of(held))).containsExactly(Settled.OK);
        Delivery next = bob().take(Jobs.QUEUE, 1).getFirst();
        assertThat(next.token()).isGreaterThan(held.token());
        assertThat(next.job()).isEqualTo(Jobs.job(1).withRun(2));
        assertThat(markerOf(Jobs.id(1)).entry()).isEqualTo(next.entry());
        assertThat(probe().eventsOf(Jobs.id(1)))
                .singleElement()
                .isInstanceOf(Queued.class)
                .returns(2L, JobEvent::run);
    }

    @Test
    default void countsTheDeathsBeforeAHandback() {
        dies("ann", takenBy(ann(), Jobs.job(1)));
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        bob().handback(List.of(claimed));
        assertThat(ann().take(Jobs.QUEUE, 1).getFirst().job().deaths()).isEqualTo(1);
    }

    @Test
    default void I7_fencesAHandbackByAnotherOrTwice() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(bob().handback(List.of(held))).containsExactly(Settled.FENCED);
        assertThat(ann().handback(List.of(held, held))).containsExactly(Settled.OK, Settled.FENCED);
        assertThat(ann().handback(List.of(held))).containsExactly(Settled.FENCED);
        assertThat(probe().entries(NORMAL)).hasSize(1);
    }

    @Test
    default void settlesInsteadOfHandingBackWhatWasCancelled() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().flag(Jobs.id(1));
        assertThat(ann().handback(List.of(held))).containsExactly(Settled.OK);
        assertThat(endOf(Jobs.id(1)).state()).isEqualTo(JobState.CANCELLED);
        assertEmpty(NORMAL);
    }

    @Test
    default void forgetsAPendingEntryWhoseBodyIsGoneAtItsHandback() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().removeEntry(NORMAL, held.entry());
        assertThat(ann().handback(List.of(held))).containsExactly(Settled.FENCED);
        assertEmpty(NORMAL);
    }

    @Test
    default void I14_handsASuspectBackToTheSuspectLane() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        assertThat(streams("cid").handback(List.of(suspect))).containsExactly(Settled.OK);
        Delivery again = streams("cid").takeSuspect(Jobs.QUEUE).getFirst();
        streams("api").pause(Jobs.QUEUE);
        assertThat(start(streams("cid"), again)).isEqualTo(Admit.DROPPED);
        assertThat(probe().entries(SUSPECT)).hasSize(1);
        assertEmpty(NORMAL);
    }

    /** A Redis that was set back has forgotten to whom it gave an entry, and would give it away under the same token. */
    @Test
    default void I5_givesAnEntryOfAnEarlierEpochOnlyAsTheNextRunOfThisOne() {
        submit(Jobs.job(1), Jobs.job(2));
        streams("api").bless(2);

        List<Delivery> taken = ann().take(Jobs.QUEUE, 5);

        assertThat(taken).extracting(one -> one.token().epoch()).containsExactly(2, 2);
        assertThat(taken).extracting(one -> one.job().run()).containsExactly(2L, 2L);
        assertThat(taken).extracting(one -> one.job().id()).containsExactly(Jobs.id(1), Jobs.id(2));
        assertThat(probe().entries(NORMAL)).hasSize(2);
        assertThat(start(ann(), taken.getFirst())).isEqualTo(Admit.GO);
    }

    @Test
    default void I5_startsNothingThatWasTakenInAnEarlierEpoch() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        streams("api").bless(2);

        assertThat(start(ann(), held)).isEqualTo(Admit.DROPPED);

        Delivery next = bob().take(Jobs.QUEUE, 5).getFirst();
        assertThat(next.token()).isGreaterThan(held.token());
        assertThat(next.token().epoch()).isEqualTo(2);
        assertThat(next.job().deaths()).isZero();
    }
}
