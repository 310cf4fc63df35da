package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Job;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.PreviousRelease;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While an installation is upgraded, services of this release and of the one before carry the same jobs. */
class UpgradeRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration MOMENT = Duration.ofMillis(20);

    private final PreviousRelease old = new PreviousRelease(REDIS.link(), "old");
    private final JobStreams waiting = REDIS.waiting("ann");

    @Override
    public JobStreams streams(String consumer) {
        return REDIS.streams(consumer);
    }

    @Override
    public TimerStreams timers(String scheduler) {
        return REDIS.timers(scheduler);
    }

    @Override
    public Probe probe() {
        return new RedisProbe(REDIS);
    }

    private static Job rich(int number) {
        Job job = Jobs.withHeaders(Jobs.job(number), Map.of("a", "b", "traceparent", "00-1"));
        return Jobs.expiring(job, Instant.parse("2098-01-01T00:00:00Z"));
    }

    private void submitAsBefore(Job... jobs) {
        assertThat(old.submit(streams("api").time(), List.of(jobs))).containsOnly("OK");
    }

    @Test
    void anOldWorkerIsGivenNewEntriesInTheFormThatItReads() {
        submit(Jobs.job(1), rich(2));

        List<Delivery> taken = old.take(5);

        assertThat(taken).extracting(Delivery::job).containsExactly(Jobs.job(1), rich(2));
        taken.forEach(one -> assertThat(succeed(streams("old"), one)).isEqualTo(Settled.OK));
        assertEmpty(NORMAL);
    }

    @Test
    void I4_I6_anOldWorkerThatWaitedGetsANewEntryAsItsNextRun() {
        submit(Jobs.job(1));
        Delivery seen = old.take(1).getFirst();

        assertThat(old.start(List.of(seen))).containsExactly("DROPPED");

        Delivery next = old.take(1).getFirst();
        assertThat(next.token()).isGreaterThan(seen.token());
        assertThat(next.job()).isEqualTo(Jobs.job(1).withRun(2));
        assertThat(old.start(List.of(next))).containsExactly("GO");
        assertThat(succeed(streams("old"), next)).isEqualTo(Settled.OK);
        assertThat(endOf(Jobs.id(1)).run()).isEqualTo(2);
        assertEmpty(NORMAL);
    }

    @Test
    void anOldWorkerTakesOverFromANewOneAndTheOtherWayRound() {
        dies("ann", takenBy(ann(), Jobs.job(1)));
        Delivery byOld = old.reclaim(5, LEASE).getFirst();
        assertThat(byOld.job()).isEqualTo(Jobs.job(1));
        assertThat(succeed(streams("old"), byOld)).isEqualTo(Settled.OK);

        submitAsBefore(Jobs.job(2));
        dies("old", old.take(1).getFirst());
        Delivery byNew = bob().reclaim(Jobs.QUEUE, 5, LEASE).getFirst();
        assertThat(byNew.job()).isEqualTo(Jobs.job(2));
        assertThat(start(bob(), byNew)).isEqualTo(Admit.GO);
        assertThat(succeed(bob(), byNew)).isEqualTo(Settled.OK);
        assertEmpty(NORMAL);
    }

    @Test
    void aNewWorkerRunsOldEntriesHoweverItGetsThem() {
        waiting.await(List.of(Jobs.QUEUE), 5, MOMENT);
        submitAsBefore(Jobs.job(1), rich(2));
        submit(Jobs.job(3));
        List<Delivery> awaited = waiting.await(List.of(Jobs.QUEUE), 5, MOMENT);
        assertThat(awaited).extracting(Delivery::job).containsExactlyInAnyOrder(Jobs.job(1), rich(2), Jobs.job(3));
        awaited.forEach(one -> assertThat(start(ann(), one)).isEqualTo(Admit.GO));
        awaited.forEach(one -> assertThat(succeed(ann(), one)).isEqualTo(Settled.OK));

        submitAsBefore(rich(4), Jobs.job(5));
        List<Delivery> taken = ann().take(Jobs.QUEUE, 5);
        assertThat(taken).extracting(Delivery::job).containsExactly(rich(4), Jobs.job(5));
        taken.forEach(one -> assertThat(end(ann(), one, JobState.FAILED)).isEqualTo(Settled.OK));
        assertEmpty(NORMAL);
    }

    @Test
    void I15_whatANewWorkerPutsOffOrHandsBackOfAnOldEntryKeepsAllThatItCarries() {
        submitAsBefore(rich(1), rich(2));
        List<Delivery> taken = ann().take(Jobs.QUEUE, 5);
        assertThat(retry(ann(), taken.getFirst(), Duration.ZERO)).isEqualTo(Settled.OK);
        assertThat(ann().handback(List.of(taken.getLast()))).containsExactly(Settled.OK);

        assertThat(holdAll(sue())).isEqualTo(1);
        fallsDue(Jobs.id(1));
        assertThat(sue().release(5).late()).hasSize(1);

        List<Delivery> again = ann().take(Jobs.QUEUE, 5);
        assertThat(again).extracting(one -> one.job().id()).containsExactly(Jobs.id(2), Jobs.id(1));
        assertThat(again).extracting(one -> one.job().spec()).containsOnly(rich(1).spec());
        assertThat(again).extracting(one -> one.job().attempt()).containsExactly(1, 2);
        assertThat(again).extracting(one -> one.job().expiresAt()).containsOnly(rich(1).expiresAt());
    }

    @Test
    void I4_aJobThatBothReleasesSubmitIsThereOnce() {
        assertThat(submit(Jobs.job(1))).containsExactly(Admission.OK);
        assertThat(old.submit(streams("api").time(), List.of(Jobs.job(1), Jobs.job(2))))
                .containsExactly("DUP", "OK");
        assertThat(submit(Jobs.job(2))).containsExactly(Admission.DUPLICATE);
        assertThat(probe().entries(NORMAL)).hasSize(2);
    }
}
