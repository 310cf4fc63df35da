package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.EntryId;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Deferred;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobEvent.Start;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.job.Position.Rank;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a run ends whose job is to run again: by whoever holds it, and with nothing lost of the job. */
interface DeferContract extends StreamSubject {

    Duration A_MINUTE = Duration.ofMinutes(1);

    @Test
    default void I15_letsAFailedJobWaitForItsNextAttempt() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        Instant before = ann().time();
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.OK);

        assertEmpty(NORMAL);
        EntryId entry = probe().delays().getFirst();
        assertThat(markerOf(Jobs.id(1)))
                .returns("d", Probe.Marker::place)
                .returns(2L, Probe.Marker::run)
                .returns(entry, Probe.Marker::entry);
        Map<String, String> fields = probe().delay(entry);
        assertThat(fields)
                .containsEntry("run", "2")
                .containsEntry("attempt", "2")
                .containsEntry("deaths", "0")
                .containsEntry("payload", held.job().payload());
        Instant due = Instant.ofEpochMilli(Long.parseLong(Objects.requireNonNull(fields.get("due"))));
        assertThat(Duration.between(before, due)).isBetween(A_MINUTE.minusMillis(1), A_MINUTE.plusSeconds(10));
    }

    @Test
    default void tellsOfTheRunThatIsOverAtItsToken() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        retry(ann(), held, A_MINUTE);
        Deferred event = deferredOf(held);
        assertThat(event.position().token()).isEqualTo(held.token());
        assertThat(event.position().rank()).isEqualTo(Rank.DEFERRED);
        assertThat(event).returns(2, Deferred::attempt).returns(Why.RETRY, Deferred::why);
        assertThat(event.due()).isEqualTo(event.at().plus(A_MINUTE));
        assertThat(event.start()).isEqualTo(new Start(event.at().minusMillis(7), "ann", Duration.ofMillis(7)));
        assertThat(event.error()).isEqualTo(new JobError("java.io.IOException", "no", "at a"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Why.class,
            names = {"SNOOZE", "THROTTLE"})
    default void I15_countsNoAttemptForWhatIsNoFailure(Why why) {
        Delivery held = takenBy(ann(), Jobs.job(1));
        Instant at = Instant.parse("2099-01-01T00:00:00.0001Z");
        Deferral deferral = new Deferral(held, why, new Due.At(at), null, null);
        assertThat(ann().defer(List.of(deferral))).containsExactly(Settled.OK);
        Deferred event = deferredOf(held);
        assertThat(event)
                .returns(1, Deferred::attempt)
                .returns(why, Deferred::why)
                .returns(null, Deferred::start)
                .returns(null, Deferred::error)
                .returns(Instant.parse("2099-01-01T00:00:00.001Z"), Deferred::due);
        assertThat(probe().delay(probe().delays().getFirst())).containsEntry("attempt", "1");
    }

    @Test
    default void I6_I15_runsTheNextAttemptWithAHigherToken() {
        Delivery first = takenBy(ann(), Jobs.job(1));
        retry(ann(), first, Duration.ZERO);
        assertThat(holdAll(sue())).isEqualTo(1);
        assertThat(sue().release(1).late()).hasSize(1);
        Delivery second = bob().take(Jobs.QUEUE, 1).getFirst();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(second.job().attempt()).isEqualTo(2);
        assertThat(second.job().due()).isEqualTo(deferredOf(first).due());
        retry(bob(), second, A_MINUTE);
        assertThat(probe().delay(probe().delays().getFirst()))
                .containsEntry("attempt", "3")
                .containsEntry("run", "3");
        assertThat(probe().eventsOf(Jobs.id(1))).extracting(JobEvent::position).isSorted();
    }

    @Test
    default void I14_keepsTheDeathsOfAJobThatIsRunAgain() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        dies("ann", held);
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        retry(bob(), claimed, A_MINUTE);
        assertThat(probe().delay(probe().delays().getFirst())).containsEntry("deaths", "1");
    }

    @Test
    default void keepsItsFieldsInOneOrderSoThatRedisStoresTheirNamesOnce() {
        submit(tomorrow(Jobs.job(1)));
        Delivery held = takenBy(ann(), Jobs.job(2));
        retry(ann(), held, A_MINUTE);
        List<EntryId> both = probe().delays();
        assertThat(probe().delay(both.get(1)).keySet())
                .containsExactlyElementsOf(probe().delay(both.get(0)).keySet());
    }

    @Test
    default void I7_fencesWhoDoesNotHoldTheEntry() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(retry(bob(), held, A_MINUTE)).isEqualTo(Settled.FENCED);
        dies("ann", held);
        Delivery claimed = bob().reclaim(Jobs.QUEUE, 1, LEASE).getFirst();
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.FENCED);
        assertThat(retry(bob(), held, A_MINUTE)).isEqualTo(Settled.FENCED);
        assertThat(probe().delays()).isEmpty();
        assertThat(probe().events()).isEmpty();
        assertThat(retry(bob(), claimed, A_MINUTE)).isEqualTo(Settled.OK);
    }

    @Test
    default void I7_fencesWhoseGroupOrEntryIsGone() {
        Delivery ungrouped = takenBy(ann(), Jobs.job(1));
        probe().removeGroup(NORMAL);
        assertThat(retry(ann(), ungrouped, A_MINUTE)).isEqualTo(Settled.FENCED);
        Delivery gone = ann().take(Jobs.QUEUE, 1).getFirst();
        probe().removeEntry(NORMAL, gone.entry());
        assertThat(retry(ann(), gone, A_MINUTE)).isEqualTo(Settled.FENCED);
        assertEmpty(NORMAL);
        assertThat(probe().delays()).isEmpty();
    }

    @Test
    default void I4_fencesAnEntryThatItsMarkerDoesNotName() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().setMarker(Jobs.id(1), "1.2|qnormal|9-9|");
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.FENCED);
        assertThat(probe().delays()).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    default void I4_defersOnceWhenTheReplyIsLost() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.OK);
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.FENCED);
        assertThat(succeed(ann(), held)).isEqualTo(Settled.FENCED);
        assertThat(probe().delays()).hasSize(1);
        assertThat(probe().eventsOf(Jobs.id(1))).hasSize(1);
    }

    @Test
    default void I17_cancelsWhatWasFlaggedInstead() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().flag(Jobs.id(1));
        assertThat(retry(ann(), held, A_MINUTE)).isEqualTo(Settled.OK);
        Ended end = endOf(Jobs.id(1));
        assertThat(end).returns(JobState.CANCELLED, Ended::state).returns(1, Ended::attempt);
        assertThat(Objects.requireNonNull(end.start()).worker()).isEqualTo("ann");
        assertThat(probe().delays()).isEmpty();
        assertEmpty(NORMAL);
    }

    @Test
    default void defersWhatItHoldsBesideWhatItLost() {
        Delivery lost = takenBy(bob(), Jobs.job(1));
        Delivery held = takenBy(ann(), Jobs.job(2));
        Due.After later = new Due.After(A_MINUTE);
        JobError error = new JobError("a", null, null);
        assertThat(ann().defer(List.of(
                        new Deferral(lost, Why.RETRY, later, Duration.ZERO, error),
                        new Deferral(held, Why.SNOOZE, later, null, null))))
                .containsExactly(Settled.FENCED, Settled.OK);
        assertThat(probe().pending(NORMAL)).hasSize(1);
        assertThat(probe().delays()).hasSize(1);
    }

    @Test
    default void defersASuspect() {
        Delivery suspect = madeSuspect(Jobs.job(1));
        JobStreams cid = streams("cid");
        assertThat(retry(cid, suspect, A_MINUTE)).isEqualTo(Settled.OK);
        assertEmpty(Lane.suspect(Jobs.QUEUE));
        assertThat(probe().delay(probe().delays().getFirst())).containsEntry("deaths", "2");
    }

    @Test
    default void refusesTimesThatNoJobWaitsFor() {
        assertThatThrownBy(() -> new Due.After(Duration.ofMillis(-1))).hasMessageContaining("not PT-0.001S");
        assertThatThrownBy(() -> new Due.At(Instant.MAX)).hasMessageContaining("at most");
    }

    private Deferred deferredOf(Delivery held) {
        return probe().eventsOf(held.job().id()).stream()
                .filter(Deferred.class::isInstance)
                .map(Deferred.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
