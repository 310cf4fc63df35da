package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.EntryId;
import dev.millrace.job.Histories;
import dev.millrace.job.JobError;
import dev.millrace.job.JobEvent;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.groups.StreamTrim;
import dev.millrace.stream.groups.Tail;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectionRedisTest {

    private static final EntryId END_OF_TIME = new EntryId(Long.MAX_VALUE, 0);

    private final RealServers servers = RealServers.get();
    private final RedisLink link = servers.link();
    private final String stream = "mr:{test}:events-" + UUID.randomUUID();
    private final GroupReader reader = new GroupReader(link, stream, StreamNames.PROJECTION, "test");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Acknowledging streams = new Acknowledging();
    private final Map<JobId, Boolean> told = new HashMap<>();
    private final Projection projection =
            projection(new ProjectionWriter(new Db(servers.pool(), System::nanoTime), Effects.ALL));
    private final Histories histories = new Histories(1);

    @Test
    void I27_recordsTheGoodEventsBetweenBadOnes() {
        List<JobId> good = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            add(Map.of("type", "STARTED", "job", "nonsense"));
            JobId job = servers.insertJob();
            Map<String, String> nul = EventFields.of(histories.end(servers.insertJob()));
            nul.put("errorType", "a\0b");
            add(nul);
            add(end(job));
            good.add(job);
        }

        int read = projection.projectOnce();

        assertThat(read).isEqualTo(60);
        assertThat(good).allSatisfy(job -> assertThat(row(job).ended()).isTrue());
        assertThat(registry.counter("millrace_projection_quarantined").count()).isEqualTo(40);
        assertThat(quarantined()).isEqualTo(40);
        assertThat(streams.acknowledged).isEqualTo(60);
    }

    @Test
    void tellsOfEndsWhenTheRecordShowsThem() {
        JobId ended = servers.insertJob();
        JobId quarantined = servers.insertJob();
        add(end(ended));
        add(Map.of("type", "STARTED", "job", "nonsense"));
        addEnd(quarantined, "result", "{\"broken\":");

        projection.projectOnce();

        assertThat(told).isEqualTo(Map.of(ended, true, quarantined, true));
    }

    @Test
    void endsAJobWhoseEndCannotBeRecorded() {
        JobId malformed = servers.insertJob();
        JobId noJson = servers.insertJob();
        JobId nul = servers.insertJob();
        add(Map.of("type", "SUCCEEDED", "job", malformed.toString(), "epoch", "1", "run", "3", "delivery", "1"));
        addEnd(noJson, "result", "{\"broken\":");
        addEnd(nul, "errorMessage", "a\0b");

        projection.projectOnce();

        for (JobId job : List.of(malformed, noJson, nul)) {
            assertThat(row(job).status().state()).isEqualTo(JobState.FAILED);
            assertThat(Objects.requireNonNull(row(job).status().ended()).error())
                    .extracting(JobError::type)
                    .isEqualTo(JobError.QUARANTINED);
        }
        assertThat(row(malformed).run()).isEqualTo(3);
    }

    @Test
    void I31_losesNothingWhilePostgresOrRedisIsAway() {
        JobId job = servers.insertJob();
        add(end(job));
        streams.away = true;

        assertThatThrownBy(projection::projectOnce).isInstanceOf(StreamsUnavailable.class);
        streams.away = false;

        assertThat(projection.projectOnce()).isEqualTo(1);
        assertThat(streams.acknowledged).isEqualTo(1);
        assertThat(row(job).version()).isEqualTo(2);
    }

    @Test
    void takesOverWhatADeadInstanceLeft() {
        JobId job = servers.insertJob();
        EntryId left = add(end(job));
        assertThat(new GroupReader(link, stream, StreamNames.PROJECTION, "dead").read(10, Duration.ofMillis(1)))
                .hasSize(1);
        letBeIdle(left, Duration.ofMinutes(1));

        assertThat(projection.projectOnce()).isEqualTo(1);
        assertThat(row(job).ended()).isTrue();
    }

    @Test
    void I26_trimsOnlyBehindWhatIsCommitted() {
        StreamTrim trim = new StreamTrim(link, stream, StreamNames.PROJECTION);
        JobId job = servers.insertJob();
        for (int i = 0; i < 1000; i++) {
            add(end(job));
        }
        EntryId first = all().getFirst();
        assertThat(trim.trim(Duration.ZERO, 0)).isZero();

        projection.projectOnce();
        GroupReader slow = new GroupReader(link, stream, StreamNames.PROJECTION, "slow");
        EntryId unfinished = slow.read(1, Duration.ofMillis(1)).getFirst().id();
        projection.projectOnce();
        assertThat(trim.trim(Duration.ofMinutes(10), Long.MAX_VALUE)).isZero();
        trim.trim(Duration.ofMinutes(-1), Long.MAX_VALUE);

        assertThat(all()).doesNotContain(first).contains(unfinished).hasSizeGreaterThanOrEqualTo(500);
    }

    private Projection projection(ProjectionWriter writer) {
        return new Projection(
                servers.member("test", InstantSource.system()).of(StreamNames.PROJECTION),
                stream,
                new ProjectionSettings(500, Duration.ofSeconds(30), Duration.ofMinutes(10), 1L << 28),
                streams.asJobStreams(),
                writer,
                new ProjectionMeters(registry, InstantSource.system()),
                ended -> ended.forEach(job -> told.put(job, row(job).ended())));
    }

    private void letBeIdle(EntryId entry, Duration idle) {
        link.call(Request.cmd(Command.XCLAIM)
                .arg(stream)
                .arg(StreamNames.PROJECTION)
                .arg("dead")
                .arg(0)
                .arg(entry.toString())
                .arg("IDLE")
                .arg(idle.toMillis())
                .arg("JUSTID"));
    }

    private EntryId add(Map<String, String> fields) {
        return RealServers.add(link, stream, fields);
    }

    private EntryId add(JobEvent event) {
        return add(EventFields.of(event));
    }

    private void addEnd(JobId job, String field, String value) {
        Map<String, String> fields = new HashMap<>(EventFields.of(end(job)));
        fields.put(field, value);
        add(fields);
    }

    private Ended end(JobId job) {
        Ended any = histories.end(job);
        return new Ended(job, any.position(), 1, any.at(), JobState.FAILED, null, null, new JobError("E", "m", "s"));
    }

    private List<EntryId> all() {
        return Tail.range(link, stream, EntryId.ZERO, END_OF_TIME, 10_000).stream()
                .map(entry -> entry.id())
                .toList();
    }

    private long quarantined() {
        return servers.sql("select count(*) from api.quarantine where stream = $1", stream)
                .iterator()
                .next()
                .getLong(0);
    }

    private JobRow row(JobId job) {
        return RealServers.await(new JobQueries(servers.pool()).find("default", job))
                .orElseThrow();
    }

    /** The one function that the projection calls, without the library. */
    private final class Acknowledging {

        private boolean away;
        private int acknowledged;

        private JobStreams asJobStreams() {
            return (JobStreams) Proxy.newProxyInstance(
                    JobStreams.class.getClassLoader(),
                    new Class<?>[] {JobStreams.class},
                    (proxy, method, arguments) -> {
                        if (away) {
                            throw new StreamsUnavailable.Cold();
                        }
                        @SuppressWarnings("unchecked") // the first parameter of projected
                        List<EntryId> ids = (List<EntryId>) arguments[0];
                        reader.acknowledge(ids);
                        acknowledged += ids.size();
                        return null;
                    });
        }
    }
}
