package dev.millrace.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import dev.millrace.api.outbox.reconcile.Reconcile;
import dev.millrace.api.outbox.reconcile.ReconcileMeters;
import dev.millrace.job.Band;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of accepted jobs into Redis, while either server goes away and comes back. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class OutboxTest {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
    private static final String OTHER = "mr:{s0}:q:other:normal";
    private static final String TO_OTHER = "{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}";
    private static final QueueName DEFAULT = new QueueName("default");

    @Inject
    OutboxMeters outboxMeters;

    @Inject
    ReconcileMeters reconcileMeters;

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
        Rows.deleteJobs();
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
    void I11_putsBackTheJobWithTheSmallestId() {
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        JobId smallest = inserted(new JobId(new UUID(0, 0)));
        Rows.change("update api.shard set complete = false");

        Rows.await("the job is there", () -> isInRedis(smallest));
        Rows.change("delete from api.job where id = '" + smallest + "'");
    }

    @Test
    void I11_parkedJobsComeBackThroughTheOutboxWhenThereIsRoom() {
        JobId id = inserted();

        Rows.change("update api.job set parked = 'normal' where id = '" + id + "'");

        Rows.await("the job lies on its lane", () -> isInRedis(id));
        Rows.await("none is parked", () -> Rows.count("api.job where parked is not null") == 0);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void I11_parksWhatAFullBandRefusesAndWhatComesLaterAndPublishesBothInOrder() {
        Rows.deleteJobs();
        link.call(Request.cmd(Command.DEL).arg(OTHER));
        Fill.raise(link, OTHER, Fill.WINDOW);

        JobId first = submitted(TO_OTHER);
        Rows.await("the first is parked", () -> isParked(first));
        assertThat(Rows.count("api.outbox")).isZero();
        JobId second = submitted(TO_OTHER);
        assertThat(isParked(second)).isTrue();
        assertThat(isInRedis(first) || isInRedis(second)).isFalse();

        link.call(Request.cmd(Command.XTRIM).arg(OTHER).arg("MAXLEN").arg(0));

        Rows.await("both are in Redis", () -> isInRedis(first) && isInRedis(second));
        Rows.await("none is parked", () -> Rows.count("api.job where parked is not null") == 0);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(Fill.jobsOf(link, OTHER)).containsExactly(first.toString(), second.toString());
    }

    @Inject
    Db db;

    @Inject
    StreamNames names;

    @Test
    void I4_twoInstancesThatRelayAndReconcileAtOnceLeaveEachJobOnItsLaneOnce() {
        Rows.deleteJobs();
        link.call(Request.cmd(Command.DEL).arg("mr:{s0}:q:default:normal"));
        List<JobId> jobs = Stream.generate(OutboxTest::committedOnly).limit(200).toList();
        link.call(Request.cmd(Command.FLUSHALL));

        List<CompletableFuture<Void>> instances = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.runAsync(
                        this::relayAndReconcile, Executors.newVirtualThreadPerTaskExecutor()))
                .toList();
        instances.forEach(CompletableFuture::join);

        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        assertThat(Fill.jobsOf(link, "mr:{s0}:q:default:normal"))
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(JobId::toString).toList());
    }

    /** What another instance's loops do, beside those of the service under test. */
    private void relayAndReconcile() {
        Relay relay = new Relay(db, streams, new OverflowJobs(db, streams), new FutureJobs(db), outboxMeters);
        Reconcile reconcile = new Reconcile(db, streams, streams, link, names, () -> {}, reconcileMeters);
        for (int i = 0; i < 20; i++) {
            try {
                reconcile.reconcileOnce();
                relay.relayOnce();
            } catch (StreamsUnavailable cold) {
                // The other one has not opened Redis yet.
            }
        }
    }

    private JobId submitted(String body) {
        return JobId.parse(client.submit(body).json().get("id").asText());
    }

    private static boolean isParked(JobId id) {
        return Rows.count("api.job where parked is not null and id = '" + id + "'") == 1;
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
        return inserted(new JobId(UUID.randomUUID()));
    }

    private static JobId inserted(JobId id) {
        Rows.change("insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state) values ('" + id
                + "', 'default', 'demo.echo', 'default', 5, '{}', '\\x00', 'QUEUED')");
        return id;
    }

    private static void due(JobId id) {
        Rows.change("insert into api.outbox (queue, band, job_ids, due_at) values ('default', 'normal', array['" + id
                + "'::uuid], now())");
    }

    private static Job job(JobId id) {
        return Job.first(id, JobSpec.of(new TaskName("demo.echo"), DEFAULT, "default", "{}"));
    }
}
