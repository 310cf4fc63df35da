package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis whose memory is used up takes no new job, and goes on with those it has. */
class FullRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

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

    @AfterEach
    void hasRoomAgain() {
        REDIS.ask("CONFIG", "SET", "maxmemory", 0);
    }

    private static void becomesFull() {
        REDIS.ask("CONFIG", "SET", "maxmemory", 1);
    }

    @Test
    void I32_refusesNewJobsAsFullAndWritesNothing() {
        becomesFull();
        assertThat(submit(Jobs.job(1), tomorrow(Jobs.job(2)))).containsExactly(Admission.FULL, Admission.FULL);
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.FULL);
        assertThat(probe().marker(Jobs.id(1))).isNull();
        hasRoomAgain();
        assertThat(submit(Jobs.job(1))).containsExactly(Admission.OK);
    }

    @Test
    void I32_settlesRenewsAndCancelsWhatItHas() {
        List<Delivery> held = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            held.add(takenBy(ann(), Jobs.job(number)));
        }
        submit(Jobs.job(6), Jobs.job(7));
        becomesFull();
        assertThat(start(ann(), held.get(0))).isEqualTo(Admit.GO);
        assertThat(ann().report(List.of(new ProgressReport(held.get(0), Duration.ZERO, null))))
                .isEmpty();
        assertThat(ann().renew(LEASE, held).lost()).isEmpty();
        assertThat(succeed(ann(), held.get(0))).isEqualTo(Settled.OK);
        assertThat(retry(ann(), held.get(1), Duration.ZERO)).isEqualTo(Settled.OK);
        assertThat(ann().handback(List.of(held.get(2)))).containsExactly(Settled.OK);
        assertThat(cancel(held.get(3).job())).isEqualTo(Cancellation.FLAGGED);
        assertThat(end(ann(), held.get(3), JobState.FAILED)).isEqualTo(Settled.OK);
        assertThat(cancel(Jobs.job(7))).isEqualTo(Cancellation.CANCELLED);
        dies("ann", held.get(4));
        assertThat(bob().reclaim(Jobs.QUEUE, 1, LEASE)).hasSize(1);
        assertThat(bob().take(Jobs.QUEUE, 9)).hasSize(2);
    }

    @Test
    void I32_holdsAndReleasesWhatWaits() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        becomesFull();
        assertThat(retry(ann(), held, Duration.ZERO)).isEqualTo(Settled.OK);
        assertThat(holdAll(sue())).isEqualTo(1);
        assertThat(sue().release(1).late()).hasSize(1);
        assertThat(ann().take(Jobs.QUEUE, 1)).hasSize(1);
    }
}
