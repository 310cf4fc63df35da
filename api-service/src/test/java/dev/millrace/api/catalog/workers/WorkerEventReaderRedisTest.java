package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.base.quarantine.Quarantine;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupReader;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.TestClock;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a stream of its own, with the real servers; each test speaks of a task of its own. */
class WorkerEventReaderRedisTest {

    private final RealServers servers = RealServers.get();
    private final String stream = "mr:{test}:fleet-" + UUID.randomUUID();
    private final TaskName task = new TaskName("test." + UUID.randomUUID());
    private final RedisLink link = servers.link();
    private final RedisLink readersLink = servers.link();
    private final TestClock clock = new TestClock(Instant.parse("2026-05-05T05:05:05Z"));
    private final TaskCatalog catalog = new TaskCatalog(new Db(servers.pool(), System::nanoTime));
    private final WorkerEventReader reader = new WorkerEventReader(
            group(readersLink, "alive"), catalog, new Quarantine(new Db(servers.pool(), System::nanoTime)), clock);

    @AfterEach
    void closeTheLinks() {
        link.close();
        readersLink.close();
    }

    @Test
    void bringsNewsIntoTheCatalogAndThenAcknowledgesThem() {
        offer();

        reader.readOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void keepsNewsInHandUntilPostgresHasTakenThem() {
        offer();
        servers.sql("alter table api.task rename to task_away");
        try {
            assertThatThrownBy(reader::readOnce).isInstanceOf(RuntimeException.class);
            assertThat(pending()).isEqualTo(1);
        } finally {
            servers.sql("alter table api.task_away rename to task");
        }

        reader.readOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void passesOverWhatItCannotUnderstand() {
        RealServers.add(link, stream, Map.of("kind", "nonsense"));
        RealServers.add(link, stream, Map.of("kind", "offered", "worker", "w1"));
        offer();

        reader.readOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void takesOverWhatADeadInstanceDidNotFinish() {
        EntryId entry = offer();
        assertThat(group(link, "dead").read(10, Duration.ofSeconds(1))).hasSize(1);
        haveBeenSilentFor(entry, Duration.ofSeconds(31));

        reader.readOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void looksForTheDeadEveryFiveSecondsAndLeavesTheLivingAlone() {
        reader.readOnce();
        EntryId entry = offer();
        group(link, "dead").read(10, Duration.ofSeconds(1));
        haveBeenSilentFor(entry, Duration.ofSeconds(31));

        clock.advance(Duration.ofSeconds(4));
        reader.readOnce();
        assertThat(catalog.find(task)).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        haveBeenSilentFor(entry, Duration.ofSeconds(20));
        reader.readOnce();
        assertThat(catalog.find(task)).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        haveBeenSilentFor(entry, Duration.ofSeconds(31));
        reader.readOnce();
        assertThat(catalog.find(task)).isPresent();
    }

    private EntryId offer() {
        TaskOffered offer = new TaskOffered(
                "w1", task, new QueueName("default"), "", "{\"type\":\"object\"}", "{}", ExecutionPolicy.DEFAULT, true);
        return RealServers.add(link, stream, FleetCodec.encode(offer));
    }

    private GroupReader group(RedisLink own, String consumer) {
        return new GroupReader(own, stream, StreamNames.API, consumer);
    }

    private void haveBeenSilentFor(EntryId entry, Duration silence) {
        link.call(Request.cmd(Command.XCLAIM)
                .arg(stream)
                .arg(StreamNames.API)
                .arg("dead")
                .arg(0)
                .arg(entry.toString())
                .arg("IDLE")
                .arg(silence.toMillis())
                .arg("JUSTID"));
    }

    private long pending() {
        Request request = Request.cmd(Command.XPENDING).arg(stream).arg(StreamNames.API);
        return Objects.requireNonNull(link.call(request)).get(0).toLong();
    }
}
