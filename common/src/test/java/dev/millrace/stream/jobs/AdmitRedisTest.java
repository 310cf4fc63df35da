package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.contract.StreamSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plain read gives to a worker starts by its marker alone, if that is all there is to know. */
class AdmitRedisTest implements StreamSubject {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Duration MOMENT = Duration.ofMillis(20);

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

    /** The numbers of those that may not start by their markers. */
    private static List<Integer> refused(List<JobId> jobs, List<String> markers) {
        FunctionCall call = new FunctionCall("mr_admit_1").key(RedisFixture.NAMES.epoch());
        call.key(RedisFixture.NAMES.paused(Jobs.QUEUE)).arg(1);
        jobs.forEach(job -> call.key(RedisFixture.NAMES.markerPrefix() + job));
        markers.forEach(call::arg);
        List<Integer> numbers = new ArrayList<>();
        call.on(REDIS.link()).forEach(number -> numbers.add(number.toInteger()));
        return numbers;
    }

    private String marker(int job) {
        return "1.1|qnormal|" + markerOf(Jobs.id(job)).entry() + "|";
    }

    @Test
    void startsWhatCameJustNowWithoutALookAtThePendingList() {
        waiting.await(List.of(Jobs.QUEUE), 5, MOMENT);
        submit(
                Jobs.job(1),
                Jobs.job(2, Band.HIGH),
                Jobs.due(Jobs.job(3), ann().time().minusSeconds(1)));
        REDIS.ask("CONFIG", "RESETSTAT");
        List<Delivery> awaited = waiting.await(List.of(Jobs.QUEUE), 5, MOMENT);
        assertThat(awaited).hasSize(3);
        assertThat(REDIS.get("INFO", "commandstats").toString())
                .contains("cmdstat_mget:calls=1")
                .doesNotContain("cmdstat_xpending")
                .doesNotContain("cmdstat_xrange");
    }

    @Test
    void I16_refusesWhatWasFlaggedReplacedOrIsGone() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4));
        List<String> markers = List.of(marker(1), marker(2), marker(3), marker(4));
        probe().flag(Jobs.id(1));
        probe().removeMarker(Jobs.id(2));
        probe().setMarker(Jobs.id(3), marker(3).replace("1.1", "1.2"));
        assertThat(refused(List.of(Jobs.id(1), Jobs.id(2), Jobs.id(3), Jobs.id(4)), markers))
                .containsExactly(1, 2, 3);
    }

    @Test
    void I7_refusesWhatHasLainThereForASecondSinceItMayBeAnothersByNow() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3));
        long now = ann().time().toEpochMilli();
        assertThat(refused(Jobs.id(1), new EntryId(now - 1_000, 0))).containsExactly(1);
        assertThat(refused(Jobs.id(2), new EntryId(now - 500, 0))).isEmpty();
        assertThat(refused(Jobs.id(3), new EntryId(now + 5_000, 0))).containsExactly(1);
    }

    private List<Integer> refused(JobId job, EntryId entry) {
        String marker = "1.1|qnormal|" + entry + "|";
        probe().setMarker(job, marker);
        return refused(List.of(job), List.of(marker));
    }

    @Test
    void I5_refusesWhatIsOfAnEarlierEpoch() {
        submit(Jobs.job(1));
        String marker = marker(1);
        streams("api").bless(2);
        assertThat(refused(List.of(Jobs.id(1)), List.of(marker))).containsExactly(1);
    }

    @Test
    void refusesAllOfAPausedQueue() {
        submit(Jobs.job(1), Jobs.job(2));
        streams("api").pause(Jobs.QUEUE);
        assertThat(refused(List.of(Jobs.id(1), Jobs.id(2)), List.of(marker(1), marker(2))))
                .containsExactly(1, 2);
    }

    @Test
    void leavesToAFunctionWhatMayExpire() {
        waiting.await(List.of(Jobs.QUEUE), 5, MOMENT);
        Job expired = Jobs.expiring(Jobs.job(1), streams("api").time());
        submit(expired, Jobs.job(2));
        assertThat(waiting.await(List.of(Jobs.QUEUE), 5, MOMENT))
                .extracting(Delivery::job)
                .containsExactly(Jobs.job(2));
        assertThat(markerOf(Jobs.id(1)).ended()).isTrue();
        assertThat(probe().entries(Lane.of(Jobs.QUEUE, Band.NORMAL))).hasSize(1);
    }
}
