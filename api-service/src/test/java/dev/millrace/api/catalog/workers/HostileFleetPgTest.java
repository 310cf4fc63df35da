package dev.millrace.api.catalog.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.RealServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.loop.Loop;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.FleetCodec;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.testkit.Awaiting;
import dev.millrace.testkit.MalformedEntries;
import dev.millrace.testkit.MalformedEntries.Entry;
import dev.millrace.testkit.StreamShape;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader of the fleet stream, while it runs, between entries that it cannot take. */
class HostileFleetPgTest {

    private static final int MALFORMED = 1_000;
    private static final int PORTIONS = 10;
    private static final String STREAM = StreamNames.fleet();

    private final RealServers servers = RealServers.get();
    private final RedisLink link = servers.link();
    private final Db db = new Db(servers.pool(), System::nanoTime);
    private final TaskCatalog catalog = new TaskCatalog(db);
    private final WorkerLoops workers =
            new WorkerLoops(servers.member("api-1", InstantSource.system()), catalog, new Workers(db), events -> {});
    private Loop loop = Loop.start("none", () -> Duration.ofHours(1), Duration.ZERO, System::nanoTime);

    @BeforeEach
    void listen() {
        servers.sql("delete from api.quarantine where stream = $1", STREAM);
        link.call(Request.cmd(Command.DEL).arg(STREAM));
        loop.stop(Duration.ofSeconds(1));
        loop = Loop.start("fleet", workers::applyOnce, Duration.ofMillis(20), System::nanoTime);
    }

    @AfterEach
    void stop() {
        loop.stop(Duration.ofSeconds(5));
    }

    @Test
    void I27_hearsTheNeighboursOfAThousandMalformedEntries() {
        List<Entry> malformed = MalformedEntries.of(StreamShape.FLEET, 27, MALFORMED);
        List<TaskName> neighbours = new ArrayList<>();
        for (int i = 0; i <= PORTIONS; i++) {
            neighbours.add(offer("hostile.neighbour-" + i, "{}"));
            int portion = MALFORMED / PORTIONS;
            MalformedEntries.add(
                    link, STREAM, i == PORTIONS ? List.of() : malformed.subList(i * portion, (i + 1) * portion));
        }

        Awaiting.until(
                "all neighbours are known",
                () -> neighbours.stream().allMatch(task -> catalog.find(task).isPresent()));
        Awaiting.until("all are acknowledged", () -> pending() == 0);
        assertThat(quarantined()).isEqualTo(MALFORMED);
        assertThat(longestBytes()).isLessThanOrEqualTo(3 * 64 * 1024);
    }

    @Test
    void I27_passesOverOffersThatPostgresOrTheValidatorWouldChokeOn() {
        List<String> schemas = List.of(
                "{\"not\":".repeat(10_000) + "{}" + "}".repeat(10_000),
                "{\"not\":".repeat(900) + "{}" + "}".repeat(900) + "x",
                "{\"$ref\":\"http://192.0.2.1/schema\"}",
                "{\"$ref\":\"file:///etc/passwd\"}",
                "\u0000",
                "{\"const\":1e400",
                "[]");
        for (int i = 0; i < schemas.size(); i++) {
            offer("hostile.bad-" + i, schemas.get(i));
        }
        Map<String, String> nul = new HashMap<>(offered("hostile.nul", "{}"));
        nul.put("description", "a\u0000b");
        RealServers.add(link, STREAM, nul);
        TaskName last =
                offer("hostile.last", "{\"const\":1e400,\"title\":\"\\u0000 \\ud800 '; drop table api.task; --\"}");

        Awaiting.until("the last is known", () -> catalog.find(last).isPresent());
        Awaiting.until("all are acknowledged", () -> pending() == 0);
        assertThat(quarantined()).isEqualTo(schemas.size() + 1);
    }

    private TaskName offer(String task, String schema) {
        RealServers.add(link, STREAM, offered(task, schema));
        return new TaskName(task);
    }

    private static Map<String, String> offered(String task, String schema) {
        return FleetCodec.encode(new TaskOffered(
                "worker-1",
                new TaskName(task),
                new QueueName("default"),
                "",
                schema,
                "{}",
                ExecutionPolicy.DEFAULT,
                true));
    }

    private long pending() {
        return Objects.requireNonNull(
                        link.call(Request.cmd(Command.XPENDING).arg(STREAM).arg(StreamNames.API)))
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
        return servers.sql(sql, STREAM).iterator().next().getLong(0);
    }
}
