package dev.millrace.stream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.jobs.Cancelling.Cancel;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Settling.Settled;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.stream.timers.TimerStreams;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.StreamShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody with access to Redis may have written there costs itself only. */
class HostileRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final Lane NORMAL = Lane.of(Jobs.QUEUE, Band.NORMAL);
    private static final Lane LOW = Lane.of(Jobs.QUEUE, Band.LOW);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final RedisProbe probe = new RedisProbe(REDIS);
    private final JobStreams worker = REDIS.waiting("worker");

    @Test
    void I27_takesTheJobsBetweenMalformedEntriesOfEveryLane() {
        for (Lane lane : Lane.all(Jobs.QUEUE)) {
            MalformedEntries.add(
                    REDIS.link(), RedisFixture.NAMES.lane(lane), MalformedEntries.of(StreamShape.LANE, 1, 100));
        }
        submit(Jobs.job(1), Jobs.job(2, Band.LOW));

        assertThat(worker.take(Jobs.QUEUE, 10))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(1), Jobs.id(2));
        assertThat(worker.takeSuspect(Jobs.QUEUE)).isEmpty();
        for (Lane lane : Lane.all(Jobs.QUEUE)) {
            assertThat(probe.entries(lane)).hasSizeLessThanOrEqualTo(1);
        }
        List<StreamEntry> told = events();
        assertThat(told)
                .hasSize(500)
                .allSatisfy(event -> assertThat(EventCodec.decode(event)).isInstanceOf(Decoded.Quarantined.class));
        assertThat(told)
                .allSatisfy(event -> assertThat(event.fields().get("bytes")).hasSizeLessThan(1 << 18));
    }

    @Test
    void I27_takesAndAwaitsTheJobsBetweenMalformedLeanEntries() {
        String normal = RedisFixture.NAMES.lane(NORMAL);
        MalformedEntries.add(REDIS.link(), normal, MalformedEntries.of(StreamShape.BAND, 5, 100));
        submit(Jobs.job(1));
        assertThat(worker.take(Jobs.QUEUE, 10)).extracting(Delivery::job).containsExactly(Jobs.job(1));
        assertThat(events()).hasSize(100);

        awaited();
        MalformedEntries.add(REDIS.link(), normal, MalformedEntries.of(StreamShape.BAND, 6, 100));
        submit(Jobs.job(2));
        List<JobId> found = new ArrayList<>();
        for (int i = 0; found.isEmpty() && i < 101; i++) {
            found.addAll(awaited());
        }
        assertThat(found).containsExactly(Jobs.id(2));
        assertThat(events()).hasSize(200);
        assertThat(probe.entries(NORMAL)).hasSize(2);
    }

    @Test
    void I27_endsALeanEntryThatItsMarkerNames() {
        submit(Jobs.job(1), Jobs.job(2));
        EntryId spoilt = probe.put(
                NORMAL, ordered("r", "1.1", "j", Jobs.id(1).toString(), "h", "||none|0|email.send|default", "p", "x"));
        probe.setMarker(Jobs.id(1), "1.1|qnormal|" + spoilt + "|");

        assertThat(worker.take(Jobs.QUEUE, 10))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(2));
        assertQuarantined(Jobs.id(1));
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    @Test
    void I27_keepsBytesThatAreNoText() {
        REDIS.link()
                .call(new MalformedEntries.Entry(List.of(new byte[] {'a'}, new byte[] {(byte) 0xff, 'b', (byte) 0xc3}))
                        .addTo(RedisFixture.NAMES.lane(NORMAL)));

        worker.take(Jobs.QUEUE, 1);

        assertThat(((Decoded.Quarantined) EventCodec.decode(events().getFirst())).bytes())
                .isEqualTo("[\"a\",\"\\xffb\\xc3\"]");
    }

    @Test
    void I27_endsAnEntryThatBelongsToAnotherQueueOrBand() {
        submit(Jobs.job(1), Jobs.job(2), Jobs.job(3));
        spoil(Jobs.id(1), Map.of("queue", "other"));
        spoil(Jobs.id(2), Map.of("band", "high"));

        assertThat(worker.take(Jobs.QUEUE, 10))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(3));
        assertQuarantined(Jobs.id(1));
        assertQuarantined(Jobs.id(2));
    }

    @Test
    void I27_endsAnEntryWithMoreHeadersThanAJobMayHave() {
        submit(Jobs.job(1), Jobs.job(2));
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            headers.put("h.name" + i, "value");
        }
        spoil(Jobs.id(1), headers);

        assertThat(worker.take(Jobs.QUEUE, 10))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(2));
        assertQuarantined(Jobs.id(1));
    }

    @Test
    void carriesWhatLooksLikeRedisProtocolAsItStands() {
        Job job = Jobs.withHeaders(
                Jobs.job(1), Map.of("a\r\n$3\r\nb", "*1\r\n$8\r\nFLUSHALL\r\n", "\u001b[31m", "\u0000|C|"));

        submit(job);

        assertThat(worker.take(Jobs.QUEUE, 1)).extracting(Delivery::job).containsExactly(job);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "C",
                "|||",
                "1.1|qnormal|--|",
                "1.1|qnormal||",
                "1.1|qnormal|5|",
                "99999999999999999999.1|E|0|",
                "1.99999999999999999999|E|0|",
                "1.1|nowhere|1-1|",
                "1.1|qurgent|1-1|",
                "1.1|qnormal|99999999999999999999999-0|",
                "\u0000",
                "1.1|s|1-|CCC"
            })
    void enqueuesAJobWhoseMarkerIsGarbage(String garbage) {
        probe.setMarker(Jobs.id(1), garbage);

        assertThat(enqueue(Mode.RECONCILE, Jobs.job(1), Jobs.job(2))).containsOnly(Admission.OK);
        assertThat(worker.take(Jobs.QUEUE, 10)).hasSize(2);
    }

    @Test
    void aMarkerOfAnotherTypeHarmsOnlyItsJob() {
        mistypeMarker(1);
        assertThat(submit(Jobs.job(1), Jobs.job(2), Jobs.job(3), Jobs.job(4))).containsOnly(Admission.OK);
        mistypeMarker(2);
        List<Delivery> taken = worker.take(Jobs.QUEUE, 10);
        assertThat(taken).extracting(one -> one.job().id()).containsExactly(Jobs.id(1), Jobs.id(3), Jobs.id(4));

        mistypeMarker(3);
        assertThat(worker.renew(LEASE, taken).lost()).isEmpty();
        assertThat(worker.finish(taken.stream().map(HostileRedisTest::success).toList()))
                .containsExactly(Settled.OK, Settled.FENCED, Settled.OK);
        worker.projected(List.of(), List.of(new EndedRun(Jobs.id(3), 1, 1), new EndedRun(Jobs.id(4), 1, 1)));

        assertThat(probe.marker(Jobs.id(4))).isNotNull();
        assertThat(probe.entries(NORMAL)).isEmpty();
        assertThat(enqueue(Mode.RECONCILE, Jobs.job(2).withRun(2), Jobs.job(3).withRun(2)))
                .containsOnly(Admission.OK);
    }

    @Test
    void aLaneKeyOfAnotherTypeHarmsOnlyItsBand() {
        REDIS.ask("SET", RedisFixture.NAMES.lane(LOW), "oops");

        assertThat(submit(Jobs.job(1, Band.LOW), Jobs.job(2))).containsExactly(Admission.FULL, Admission.OK);
        assertThat(worker.take(Jobs.QUEUE, 10))
                .extracting(one -> one.job().id())
                .containsExactly(Jobs.id(2));
        submit(Jobs.job(3));
        assertThat(awaited()).containsExactly(Jobs.id(3));
        assertThat(awaited()).isEmpty();
        assertThat(worker.live(Jobs.QUEUE, Band.LOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(worker.live(Jobs.QUEUE, Band.NORMAL)).isEqualTo(2);
        worker.forgetGone(Jobs.QUEUE);
        worker.strays(Jobs.QUEUE, Set.of(), Duration.ZERO);
        worker.leave(List.of(Jobs.QUEUE));
    }

    @Test
    void servesTheOtherBandsWhenAWholeGroupIsMissingBesideAMistypedKey() {
        REDIS.ask("SET", RedisFixture.NAMES.lane(Lane.of(Jobs.QUEUE, Band.HIGH)), "oops");
        awaited();
        submit(Jobs.job(1));

        List<JobId> found = awaited();
        assertThat(found.isEmpty() ? awaited() : found).containsExactly(Jobs.id(1));
    }

    @Test
    void keysOfAnotherTypeBesideTheLanesStopNobody() {
        REDIS.ask("SET", RedisFixture.NAMES.lane(Lane.suspect(Jobs.QUEUE)), "oops");
        REDIS.ask("LPUSH", RedisFixture.NAMES.suspectLock(Jobs.QUEUE), "oops");

        assertThat(worker.suspects(Jobs.QUEUE)).isZero();
        assertThat(worker.takeSuspect(Jobs.QUEUE)).isEmpty();
        assertThat(worker.holdSuspectLock(Jobs.QUEUE, LEASE)).isFalse();
        worker.releaseSuspectLock(Jobs.QUEUE);
        assertThat(worker.holdSuspectLock(new QueueName("other"), LEASE)).isTrue();
        assertThat(worker.reclaim(Jobs.QUEUE, 10, LEASE)).isEmpty();
    }

    @Test
    void isColdWhenTheEpochIsOfAnotherType() {
        REDIS.ask("DEL", RedisFixture.NAMES.epoch());
        REDIS.ask("LPUSH", RedisFixture.NAMES.epoch(), "oops");
        assertThatThrownBy(worker::epoch).isInstanceOf(StreamsUnavailable.Cold.class);
        worker.bless(2);
        assertThat(worker.epoch()).isEqualTo(2);
    }

    @Test
    void I27_holdsTheJobsBetweenMalformedDelays() {
        TimerStreams scheduler = REDIS.timers("scheduler");
        MalformedEntries.add(REDIS.link(), RedisFixture.NAMES.delays(), MalformedEntries.of(StreamShape.LANE, 3, 100));
        submit(Jobs.due(Jobs.job(1), worker.time().plusSeconds(3600)));

        assertThat(scheduler.hold(scheduler.delayed(250, SHORT))).isEqualTo(1);
        assertThat(probe.delays()).isEmpty();
        assertThat(probe.delaysPending()).isEmpty();
        assertThat(probe.timers()).containsOnlyKeys(Jobs.id(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timers", "timers:jobs"})
    void aTimersKeyOfAnotherTypeIsNamedAndLosesNothing(String key) {
        String mistyped = "mr:{s0}:" + key;
        TimerStreams scheduler = REDIS.timers("scheduler");
        submit(Jobs.due(Jobs.job(1), worker.time().plusSeconds(3600)));
        REDIS.ask("SET", mistyped, "garbage");

        assertThatThrownBy(() -> scheduler.hold(scheduler.delayed(9, SHORT))).hasMessageContaining(mistyped);
        assertThatThrownBy(() -> scheduler.release(9)).hasMessageContaining(mistyped);
        REDIS.ask("DEL", mistyped);
        assertThat(scheduler.hold(scheduler.unheld(9))).isEqualTo(1);
    }

    @Test
    void reconcilesAndCancelsWhatWaitedInTimersOfAnotherType() {
        TimerStreams scheduler = REDIS.timers("scheduler");
        Job first = Jobs.due(Jobs.job(1), worker.time().plusSeconds(3600));
        Job second = Jobs.due(Jobs.job(2), worker.time().plusSeconds(3600));
        submit(first, second);
        assertThat(scheduler.hold(scheduler.delayed(9, SHORT))).isEqualTo(2);
        REDIS.ask("SET", RedisFixture.NAMES.timers(), "garbage");
        REDIS.ask("SET", RedisFixture.NAMES.timerJobs(), "garbage");

        assertThat(worker.enqueue(Mode.RECONCILE, worker.time(), List.of(first)))
                .containsExactly(Admission.OK);
        assertThat(worker.cancel(List.of(new Cancel(Jobs.id(2), Jobs.QUEUE, 1, JobState.CANCELLED))))
                .containsExactly(Cancellation.NONE);
    }

    @Test
    void namesTheStreamThatSomebodyOverwrote() {
        REDIS.ask("SET", "mr:{test}:events", "oops");
        GroupReader reader = new GroupReader(REDIS.link(), "mr:{test}:events", StreamNames.PROJECTION, "api");
        assertThatThrownBy(() -> reader.read(1, SHORT))
                .isInstanceOf(StreamsUnavailable.class)
                .hasMessageContaining("mr:{test}:events");
    }

    @Test
    void errorsThatRedisAnswersRepeatNothingOfAJob() {
        REDIS.ask("DEL", RedisFixture.NAMES.events());
        REDIS.ask("SET", RedisFixture.NAMES.events(), "oops");
        Job job = Jobs.withHeaders(Jobs.job(1), Map.of("secret", "hush"));
        worker.enqueue(Mode.SUBMIT, worker.time(), List.of(job));

        assertThatThrownBy(() -> worker.finish(worker.take(Jobs.QUEUE, 1).stream()
                        .map(one -> new Finish(one, JobState.FAILED, LEASE, "hush", null))
                        .toList()))
                .isInstanceOf(StreamsUnavailable.Refused.class)
                .message()
                .doesNotContain("hush")
                .doesNotContain(Jobs.id(1).toString());
    }

    private List<Admission> submit(Job... jobs) {
        return enqueue(Mode.SUBMIT, jobs);
    }

    private List<Admission> enqueue(Mode mode, Job... jobs) {
        return worker.enqueue(mode, worker.time(), List.of(jobs));
    }

    private List<JobId> awaited() {
        return worker.await(List.of(Jobs.QUEUE), 1, SHORT).stream()
                .map(one -> one.job().id())
                .toList();
    }

    private void mistypeMarker(int job) {
        String key = RedisFixture.NAMES.markerPrefix() + Jobs.id(job);
        REDIS.ask("DEL", key);
        REDIS.ask("LPUSH", key, "oops");
    }

    /** Puts the job's entry on its lane once more, with these fields, and lets its marker name that one. */
    private void spoil(JobId job, Map<String, String> fields) {
        EntryId own = probe.entries(NORMAL).stream()
                .filter(entry ->
                        job.toString().equals(probe.fields(NORMAL, entry).get("job")))
                .findFirst()
                .orElseThrow();
        Map<String, String> spoilt = new LinkedHashMap<>(probe.fields(NORMAL, own));
        spoilt.putAll(fields);
        EntryId entry = probe.put(NORMAL, spoilt);
        probe.setMarker(job, "1.1|qnormal|" + entry + "|");
    }

    private void assertQuarantined(JobId job) {
        assertThat(events())
                .filteredOn(event -> job.toString().equals(event.fields().get("job")))
                .singleElement()
                .satisfies(event -> assertThat(event.fields())
                        .containsEntry("type", "FAILED")
                        .containsEntry("errorType", "Quarantined"));
    }

    private static List<StreamEntry> events() {
        return new ArrayList<>(Tail.range(
                REDIS.link(), RedisFixture.NAMES.events(), EntryId.ZERO, new EntryId(Long.MAX_VALUE, 0), 10_000));
    }

    private static Finish success(Delivery delivery) {
        return new Finish(delivery, JobState.SUCCEEDED, SHORT, "{}", null);
    }
}
