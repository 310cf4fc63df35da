package dev.millrace.stream.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that lost its data, or may have, refuses everything until it is reconciled and blessed. */
class ColdRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.durable();

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

    @Test
    void I1_everyFunctionAnswersColdAfterTheDataWereLost() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        probe().loseAll();
        assertAllCold(held);
        assertThat(REDIS.get("DBSIZE").toLong()).isZero();
    }

    @Test
    void I1_everyFunctionAnswersColdAfterARestartThatKeptTheData() {
        Delivery held = takenBy(ann(), Jobs.job(1));
        restart();
        assertAllCold(held);
        assertThat(probe().entries(NORMAL)).containsExactly(held.entry());

        FunctionLibrary.load(REDIS.link());
        streams("api").bless(2);
        assertThat(reconcile(Jobs.job(1))).containsExactly(Admission.DUPLICATE);
        assertThat(succeed(ann(), held)).isEqualTo(Settling.Settled.OK);
    }

    @Test
    void aBlessingWithTheEpochOfBeforeOpensItAgain() {
        restart();
        streams("api").bless(RedisFixture.EPOCH);
        assertThatCode(() -> ann().take(Jobs.QUEUE, 1)).doesNotThrowAnyException();
    }

    @Test
    void tellsTheTimeAndTheBacklogAlsoWhenItIsCold() {
        probe().loseAll();
        assertThat(ann().time()).isNotNull();
        assertThat(ann().live(Jobs.QUEUE, Band.LOW)).isZero();
    }

    private void assertAllCold(Delivery held) {
        calls(held)
                .forEach((name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(StreamsUnavailable.Cold.class));
    }

    private Map<String, ThrowingCallable> calls(Delivery held) {
        JobStreams ann = ann();
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("epoch", ann::epoch);
        calls.put("enqueue", () -> ann.enqueue(Mode.SUBMIT, ann.time(), List.of(Jobs.job(2))));
        calls.put("reconcile", () -> ann.enqueue(Mode.RECONCILE, ann.time(), List.of(Jobs.job(2))));
        calls.put("take", () -> ann.take(Jobs.QUEUE, 1));
        calls.put("takeSuspect", () -> ann.takeSuspect(Jobs.QUEUE));
        calls.put("start", () -> ann.start(List.of(held)));
        calls.put("report", () -> ann.report(List.of(new ProgressReport(held, Duration.ZERO, null))));
        calls.put("finish", () -> ann.finish(List.of(new Finish(held, JobState.FAILED, null, null, null))));
        calls.put("handback", () -> ann.handback(List.of(held)));
        calls.put("renew", () -> ann.renew(LEASE, List.of(held)));
        calls.put("reclaim", () -> ann.reclaim(Jobs.QUEUE, 1, LEASE));
        calls.put("holdSuspectLock", () -> ann.holdSuspectLock(Jobs.QUEUE, LEASE));
        calls.put("releaseSuspectLock", () -> ann.releaseSuspectLock(Jobs.QUEUE));
        calls.put("projected", () -> ann.projected(List.of(EntryId.ZERO), List.of(new EndedRun(Jobs.id(1), 1, 1))));
        calls.put("forget", () -> ann.forget(NORMAL, "bob"));
        Deferral retry = new Deferral(held, Why.RETRY, new Due.After(Duration.ZERO), null, null);
        calls.put("defer", () -> ann.defer(List.of(retry)));
        calls.put("cancel", () -> cancel(held.job()));
        calls.put("purge", () -> ann.purge(List.of(new Cancel(Jobs.id(2), Jobs.QUEUE, 1, JobState.CANCELLED))));
        calls.put("pause", () -> ann.pause(Jobs.QUEUE));
        calls.put("resume", () -> ann.resume(Jobs.QUEUE));
        calls.put("hold", () -> sue().hold(List.of(EntryId.ZERO)));
        calls.put("holdNew", () -> sue().holdNew(1));
        calls.put("release", () -> sue().release(1));
        calls.put("leave", () -> sue().leave());
        return calls;
    }

    @Test
    void I11_putsBackAfterwardsWhatABlockingReadBroughtWhileItWasCold() {
        JobStreams waiting = REDIS.waiting("ann");
        takenBy(bob(), Jobs.job(2));
        submit(Jobs.job(1));
        waiting.await(List.of(Jobs.QUEUE), 1, Duration.ofMillis(1));
        waiting.await(List.of(Jobs.QUEUE), 1, Duration.ofMillis(1));
        submit(Jobs.job(3));
        restart();
        assertThatThrownBy(() -> waiting.await(List.of(Jobs.QUEUE), 1, Duration.ofSeconds(1)))
                .isInstanceOf(StreamsUnavailable.Cold.class);
        FunctionLibrary.load(REDIS.link());
        streams("api").bless(2);
        assertThat(waiting.strays(Jobs.QUEUE, Set.of(), Duration.ZERO)).isEmpty();
        assertThat(bob().take(Jobs.QUEUE, 3))
                .extracting(delivery -> delivery.job().id())
                .containsExactly(Jobs.id(1), Jobs.id(3));
    }

    private void restart() {
        REDIS.server().restart();
        Awaiting.until("Redis answers again", () -> {
            try {
                return REDIS.ask("PING") != null;
            } catch (StreamsUnavailable notYet) {
                return false;
            }
        });
    }
}
