package dev.millrace.api.record.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.record.job.JobRow;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.Histories;
import dev.millrace.job.JobEvent.Ended;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.loop.Loop;
import dev.millrace.postgres.BadData;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.EventFields;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.calls.RedisJobStreams;
import dev.millrace.stream.redis.FunctionLibrary;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.MalformedEntries.Entry;
import dev.millrace.testkit.StreamShape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The projection, while it runs with real functions, between entries that it cannot take. */
class HostileEventsRedisTest {

    private static final int MALFORMED = 1_000;
    private static final int PORTIONS = 10;

    private final RealServers servers = RealServers.get();
    private final RedisLink link = servers.link();
    private final StreamNames names = new StreamNames("hostile");
    private final JobStreams streams = new RedisJobStreams(link, link, names, "api-1");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Histories histories = new Histories(27);
    private Loop loop = Loop.start("none", () -> Duration.ofHours(1), Duration.ZERO, System::nanoTime);

    @BeforeEach
    void open() {
        loop.stop(Duration.ofSeconds(1));
        FunctionLibrary.load(link);
        streams.bless(1);
        link.call(Request.cmd(Command.DEL).arg(names.events()));
        servers.sql("delete from api.quarantine where stream = $1", names.events());
    }

    @AfterEach
    void stop() {
        loop.stop(Duration.ofSeconds(5));
    }

    @Test
    void I27_recordsTheNeighboursOfAThousandMalformedEntries() {
        project(new ProjectionWriter(new Db(servers.pool(), System::nanoTime), Effects.ALL));
        List<Entry> malformed = MalformedEntries.of(StreamShape.EVENTS, 27, MALFORMED);
        List<JobId> neighbours = new ArrayList<>();
        for (int i = 0; i <= PORTIONS; i++) {
            neighbours.add(endOf(servers.insertJob()));
            int portion = MALFORMED / PORTIONS;
            MalformedEntries.add(
                    link,
                    names.events(),
                    i == PORTIONS ? List.of() : malformed.subList(i * portion, (i + 1) * portion));
        }

        Awaiting.until("all neighbours have ended", () -> neighbours.stream().allMatch(job -> row(job).ended()));
        Awaiting.until("all are acknowledged", () -> pending() == 0);
        assertThat(quarantined()).isEqualTo(MALFORMED);
        assertThat(registry.counter("millrace_projection_quarantined").count()).isEqualTo(MALFORMED);
        assertThat(longestBytes()).isLessThanOrEqualTo(3 * 64 * 1024);
    }

    @Test
    void I27_findsTheEventsThatOnlyPostgresRefuses() {
        List<JobId> refused = List.of(servers.insertJob(), servers.insertJob());
        project(new RefusingLedger(new Db(servers.pool(), System::nanoTime), refused));
        List<JobId> neighbours = new ArrayList<>();
        refused.forEach(job -> {
            neighbours.add(endOf(servers.insertJob()));
            endOf(job);
            neighbours.add(endOf(servers.insertJob()));
        });

        Awaiting.until("all neighbours have ended", () -> neighbours.stream().allMatch(job -> row(job).ended()));
        Awaiting.until("all are acknowledged", () -> pending() == 0);
        assertThat(quarantined()).isEqualTo(refused.size());
        assertThat(refused).noneMatch(job -> row(job).ended());
    }

    @Test
    void keepsTheNumbersOfARowWithinWhatAJobMayHave() {
        project(new ProjectionWriter(new Db(servers.pool(), System::nanoTime), Effects.ALL));
        JobId job = servers.insertJob();
        for (String attempt : List.of("0", "-1", "-2147483648", "2147483648")) {
            RealServers.add(
                    link,
                    names.events(),
                    Map.of(
                            "type",
                            "QUEUED",
                            "job",
                            job.toString(),
                            "epoch",
                            "1",
                            "run",
                            "2",
                            "delivery",
                            "0",
                            "attempt",
                            attempt,
                            "at",
                            "1700000000000"));
        }
        Awaiting.until("all are in quarantine", () -> quarantined() == 4);
        assertThat(row(job).status().attempt()).isEqualTo(1);
    }

    private void project(ProjectionWriter writer) {
        Projection projection = new Projection(
                servers.member("api-1", InstantSource.system()).of(StreamNames.PROJECTION),
                names.events(),
                new ProjectionSettings(500, Duration.ofSeconds(30), Duration.ofMinutes(10), 256 << 20),
                streams,
                writer,
                new ProjectionMeters(registry, InstantSource.system()),
                ended -> {});
        loop = Loop.start(
                "projection",
                () -> {
                    projection.projectOnce();
                    return Duration.ZERO;
                },
                Duration.ofMillis(20),
                System::nanoTime);
    }

    private JobId endOf(JobId job) {
        Ended any = histories.end(job);
        Ended end = new Ended(job, any.position(), 1, any.at(), JobState.SUCCEEDED, null, "{}", null);
        RealServers.add(link, names.events(), EventFields.of(end));
        return job;
    }

    private JobRow row(JobId job) {
        return RealServers.await(new JobQueries(servers.pool()).find("default", job))
                .orElseThrow();
    }

    private long pending() {
        return Objects.requireNonNull(link.call(
                        Request.cmd(Command.XPENDING).arg(names.events()).arg(StreamNames.PROJECTION)))
                .get(0)
                .toLong();
    }

    private long quarantined() {
        return number("select count(*) from api.quarantine where stream = $1");
    }

    private long longestBytes() {
        return number("select max(length(bytes))::bigint from api.quarantine where stream = $1");
    }

    private long number(String sql) {
        return servers.sql(sql, names.events()).iterator().next().getLong(0);
    }

    /** Stands for rules of PostgreSQL that the vetting does not know. */
    private static final class RefusingLedger extends ProjectionWriter {

        private final List<JobId> refused;

        RefusingLedger(Db db, List<JobId> refused) {
            super(db, Effects.ALL);
            this.refused = refused;
        }

        @Override
        Written write(ProjectionBatch changes) {
            boolean meant =
                    changes.parts().stream().anyMatch(part -> refused.stream().anyMatch(part::containsKey));
            if (meant) {
                throw new BadData(
                        "PostgreSQL refused it: a rule of a test", new IllegalArgumentException("a rule of a test"));
            }
            return super.write(changes);
        }
    }
}
