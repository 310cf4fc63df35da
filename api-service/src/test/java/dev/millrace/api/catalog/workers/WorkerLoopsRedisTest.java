package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.RealServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real servers; each test speaks of a task of its own. */
class WorkerLoopsRedisTest {

    private static final String STREAM = StreamNames.fleet();

    private final RealServers servers = RealServers.get();
    private final TaskName task = new TaskName("test." + UUID.randomUUID());
    private final RedisLink link = servers.link();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final TaskCatalog catalog = new TaskCatalog(db);
    private final WorkerLoops workers =
            new WorkerLoops(servers.member("api-1", InstantSource.system()), catalog, new Workers(db), events -> {});

    @BeforeEach
    void empty() {
        link.call(Request.cmd(Command.DEL).arg(STREAM));
    }

    @AfterEach
    void closeTheLink() {
        link.close();
    }

    @Test
    void bringsNewsIntoTheCatalogAndThenAcknowledgesThem() {
        offer();

        workers.applyOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void keepsNewsInHandUntilPostgresHasTakenThem() {
        offer();
        servers.sql("alter table api.task rename to task_away");
        try {
            assertThatThrownBy(workers::applyOnce).isInstanceOf(RuntimeException.class);
            assertThat(pending()).isEqualTo(1);
        } finally {
            servers.sql("alter table api.task_away rename to task");
        }

        workers.applyOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    @Test
    void passesOverWhatItCannotUnderstand() {
        RealServers.add(link, STREAM, Map.of("kind", "nonsense"));
        RealServers.add(link, STREAM, Map.of("kind", "offered", "worker", "w1"));
        offer();

        workers.applyOnce();

        assertThat(catalog.find(task)).isPresent();
        assertThat(pending()).isZero();
    }

    private void offer() {
        TaskOffered offer = new TaskOffered(
                "w1", task, new QueueName("default"), "", "{\"type\":\"object\"}", "{}", ExecutionPolicy.DEFAULT, true);
        RealServers.add(link, STREAM, FleetCodec.encode(offer));
    }

    private long pending() {
        Request request = Request.cmd(Command.XPENDING).arg(STREAM).arg(StreamNames.API);
        return Objects.requireNonNull(link.call(request)).get(0).toLong();
    }
}
