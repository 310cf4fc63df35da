package dev.millrace.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.submit.Client;
import dev.millrace.api.submit.Client.Reply;
import dev.millrace.api.submit.Tasks;
import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.JobStreams;
import dev.millrace.stream.JobStreams.Admission;
import dev.millrace.stream.JobStreams.Mode;
import dev.millrace.stream.RedisLink;
import dev.millrace.stream.StreamsUnavailable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of accepted jobs into Redis, while either server goes away and comes back. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class OutboxTest {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
    private static final QueueName DEFAULT = new QueueName("default");

    @Inject
    TaskCatalog catalog;

    @Inject
    JobStreams streams;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void redisIsOpenAndAWorkerHasOfferedItsTasks() {
        Rows.await("Redis is open", this::isOpen);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        Tasks.offer(catalog);
        client = new Client(port);
    }

    @Test
    void publishesRightAfterTheCommitAndForgetsTheRow() {
        long before = live();

        client.submit(ECHO);

        Rows.await("the job lies on its lane", () -> live() == before + 1);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void I1_theRelayPublishesWhatNobodyPublished() {
        JobId id = committedOnly();

        Rows.await("the relay has published it", () -> isInRedis(id));
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(streams.enqueue(Mode.SUBMIT, streams.time(), List.of(job(id))))
                .containsExactly(Admission.DUPLICATE);
    }

    @Test
    void I10_theRelayDropsWhatHasEnded() {
        JobId id = inserted();
        Rows.change(
                "update api.job set state = 'CANCELLED', finished_at = now(), ended_position = position where id = '"
                        + id + "'");
        due(id);

        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(isInRedis(id)).isFalse();
    }

    @Test
    void I30_acceptsWhileRedisIsDownAndPublishesLater() {
        long before = live();
        ApiServers.redis().kill();
        Reply reply = client.submit(ECHO);
        Rows.change("update api.outbox set due_at = now()");
        ApiServers.redis().restart();

        assertThat(reply.status()).isEqualTo(202);
        Rows.await("the job is published", () -> isOpen() && live() >= before + 1);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void I31_answers503WithinTwoSecondsWhilePostgresIsDown() {
        ApiServers.postgres().kill();
        long begun = System.nanoTime();
        Reply reply = client.submit(ECHO, "Idempotency-Key", "outage-" + begun);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        ApiServers.postgres().restart();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        Rows.await("submits are accepted again", () -> client.submit(ECHO).status() == 202);
    }

    @Test
    void I31_answers503WithinTwoSecondsWhilePostgresHangs() throws SQLException {
        Reply reply;
        Duration took;
        try (Connection blocker = ApiServers.postgres().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("lock table api.job in access exclusive mode");
            long begun = System.nanoTime();
            reply = client.submit(ECHO);
            took = Duration.ofNanos(System.nanoTime() - begun);
        }

        assertThat(reply.status()).isEqualTo(503);
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        Rows.await("submits are accepted again", () -> client.submit(ECHO).status() == 202);
    }

    @Test
    void I11_putsEveryLiveJobBackAfterRedisIsEmptied() {
        Rows.change("delete from api.job");
        link.call(Request.cmd(Command.DEL).arg("mr:{s0}:q:default:normal"));
        for (int i = 0; i < 3; i++) {
            client.submit(ECHO);
        }
        Rows.await("all are published", () -> live() == 3);

        link.call(Request.cmd(Command.FLUSHALL));

        Rows.await("all are back", () -> isOpen() && live() == 3);
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        Rows.await("nothing is left to the relay", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void I11_startsAgainWhatAnotherInstanceLeftIncomplete() {
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        JobId id = inserted();
        Rows.change("update api.shard set complete = false");

        Rows.await("the job is there", () -> isInRedis(id));
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        assertThat(streams.enqueue(Mode.SUBMIT, streams.time(), List.of(job(id))))
                .containsExactly(Admission.DUPLICATE);
    }

    @Test
    void I11_parkedJobsComeBackThroughTheOutboxWhenThereIsRoom() {
        JobId id = inserted();

        Rows.change("update api.job set parked = 'normal' where id = '" + id + "'");

        Rows.await("the job lies on its lane", () -> isInRedis(id));
        Rows.await("none is parked", () -> Rows.count("api.job where parked is not null") == 0);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
    }

    private long live() {
        return streams.live(DEFAULT, Band.NORMAL);
    }

    private boolean isInRedis(JobId id) {
        return "1".equals(String.valueOf(link.call(Request.cmd(Command.EXISTS).arg("mr:{s0}:j:" + id))));
    }

    private boolean isOpen() {
        try {
            return streams.epoch() > 0;
        } catch (StreamsUnavailable away) {
            return false;
        }
    }

    /** As if the process had died between its commit and Redis. */
    private static JobId committedOnly() {
        JobId id = inserted();
        due(id);
        return id;
    }

    private static JobId inserted() {
        JobId id = new JobId(UUID.randomUUID());
        Rows.change("insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state) values ('" + id
                + "', 'default', 'demo.echo', 'default', 5, '{}', '\\x00', 'QUEUED')");
        return id;
    }

    private static void due(JobId id) {
        Rows.change("insert into api.outbox (queue, band, job_ids, due_at) values ('default', 'normal', array['" + id
                + "'::uuid], now())");
    }

    private static Job job(JobId id) {
        return new Job(
                id, new TaskName("demo.echo"), DEFAULT, Band.NORMAL, "default", 1, 1, 0, null, Map.of(), false, "{}");
    }
}
