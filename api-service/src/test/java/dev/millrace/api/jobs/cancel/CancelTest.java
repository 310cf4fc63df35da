package dev.millrace.api.jobs.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.api.record.job.EndEffects;
import dev.millrace.api.record.job.RecordedEnd;
import dev.millrace.job.Job;
import dev.millrace.job.JobEvent.Why;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.JobState;
import dev.millrace.job.Position;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.postgres.Db;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.Cancelling.Cancellation;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Deferral;
import dev.millrace.stream.jobs.Settling.Due;
import dev.millrace.stream.jobs.Settling.Finish;
import dev.millrace.stream.jobs.Submitting.Admission;
import dev.millrace.stream.jobs.Submitting.Mode;
import dev.millrace.stream.redis.RedisLink;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancels and expiries of jobs wherever they are. No worker but the test itself takes jobs here. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class CancelTest {

    private static final QueueName OTHER = Stage.OTHER;

    @Inject
    Stage stage;

    @Inject
    JobStreams streams;

    @Inject
    EndEffects effects;

    @Inject
    Cancels cancels;

    @Inject
    Db db;

    @Inject
    RedisLink link;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void redisIsOpenAndEmptyAndAWorkerHasOfferedItsTasks() {
        client = stage.opened(port);
    }

    @Test
    void cancelsAJobThatWaitsOnItsLane() {
        JobId job = waiting();

        Reply reply = cancel(job, "{\"reason\":\"ordered twice\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("state").asText()).isEqualTo("CANCELLED");
        assertThat(reply.json().at("/error/message").asText()).isEqualTo("ordered twice");
        assertThat(get(job)).isEqualTo(reply.json());
        assertThat(streams.take(OTHER, 10)).isEmpty();
    }

    @Test
    void aSecondCancelOfAnEndedJobIsAConflict() {
        JobId job = waiting();
        cancel(job, "");

        Reply again = cancel(job, "");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("conflict");
    }

    @Test
    void I16_cancelsAJobThatWaitsForItsTimeInRedis() {
        JobId job = submitted("\"delay\":\"PT2M\"");
        Rows.await("it waits in Redis", () -> stage.placeOf(job).equals("d"));

        assertThat(cancel(job, "").status()).isEqualTo(200);
        assertThat(state(job)).isEqualTo("CANCELLED");
    }

    @Test
    void I16_cancelsAJobThatPostgresKeepsAndItsRunIsRefusedAfterwards() {
        JobId job = submitted("\"delay\":\"P1D\"");

        assertThat(cancel(job, "").status()).isEqualTo(200);
        assertThat(state(job)).isEqualTo("CANCELLED");
        assertThat(streams.enqueue(Mode.SUBMIT, streams.time(), List.of(job(job))))
                .containsExactly(Admission.ENDED);
    }

    @Test
    void I16_cancelsAParkedJob() {
        JobId job = inserted();
        Rows.change(
                "update api.job set parked = 'normal', created_at = now() + interval '1 day' where id = '" + job + "'");

        assertThat(cancel(job, "").status()).isEqualTo(200);
        assertThat(state(job)).isEqualTo("CANCELLED");
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(streams.take(OTHER, 10)).isEmpty();
    }

    @Test
    void I16_noPublisherTakesAJobWhoseCancelIsCommitted() {
        JobId job = inserted();
        Rows.change("update api.job set cancel_requested = now() where id = '" + job + "'");
        Rows.change("insert into api.outbox (queue, band, job_ids, due_at) values ('other', 'normal', array['" + job
                + "'::uuid], now())");

        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(stage.placeOf(job)).isEmpty();
        lieUnrepeated(job);
        Rows.await("the cancel is repeated", () -> state(job).equals("CANCELLED"));
    }

    @Test
    void I17_asksAWorkerToStopAndLeavesToItWhetherItSucceeds() {
        JobId succeeds = waiting();
        Delivery first = taken();
        assertThat(cancel(succeeds, "").status()).isEqualTo(202);
        assertThat(cancel(succeeds, "").status()).isEqualTo(202);
        streams.finish(List.of(new Finish(first, JobState.SUCCEEDED, Duration.ofMillis(1), "1", null)));
        Rows.await("it has succeeded", () -> state(succeeds).equals("SUCCEEDED"));
        assertThat(cancel(succeeds, "").status()).isEqualTo(409);

        JobId fails = waiting();
        Delivery second = taken();
        assertThat(cancel(fails, "").status()).isEqualTo(202);
        streams.finish(List.of(new Finish(second, JobState.FAILED, Duration.ofMillis(1), null, null)));
        Rows.await("it is cancelled", () -> state(fails).equals("CANCELLED"));
    }

    @Test
    void I30_acceptsACancelWhileRedisIsDownAndCarriesItOutLater() {
        JobId job = waiting();
        ApiServers.redis().kill();
        Reply reply = cancel(job, "");
        ApiServers.redis().restart();
        lieUnrepeated(job);

        assertThat(reply.status()).isEqualTo(202);
        Rows.await("it is cancelled", () -> state(job).equals("CANCELLED"));
        Rows.await("Redis is open", stage::isOpen);
        assertThat(streams.take(OTHER, 10)).isEmpty();
    }

    @Test
    void I16_aCancelThatWasAcceptedOutlivesTheLossOfRedis() {
        JobId job = waiting();
        taken();
        assertThat(cancel(job, "").status()).isEqualTo(202);

        link.call(Request.cmd(Command.FLUSHALL));
        Rows.await("Redis is open", stage::isOpen);
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);

        assertThat(stage.placeOf(job)).isEmpty();
        lieUnrepeated(job);
        Rows.await("it is cancelled", () -> state(job).equals("CANCELLED"));
    }

    @Test
    void refusesWhatIsNoCancel() {
        JobId job = waiting();

        assertThat(cancel(job, "{\"why\":1}").problem()).isEqualTo("unknown-field");
        assertThat(cancel(job, "{\"reason\":1}").problem()).isEqualTo("invalid");
        assertThat(cancel(job, "[]").problem()).isEqualTo("invalid");
        assertThat(cancel(job, "{").problem()).isEqualTo("not-json");
        assertThat(cancel(new JobId(UUID.randomUUID()), "").status()).isEqualTo(404);
        assertThat(client.post("/api/v1/jobs/1/cancel", "").status()).isEqualTo(404);
        assertThat(state(job)).isEqualTo("QUEUED");
    }

    @Test
    void expiresWithoutAnyWorkerWhereverAJobWaits() {
        JobId onLane = waiting();
        JobId delayed = submitted("\"delay\":\"PT2M\"");
        Rows.await("it waits in Redis", () -> stage.placeOf(delayed).equals("d"));
        JobId kept = submitted("\"delay\":\"P1D\"");
        JobId unsent = inserted();
        JobId past = submitted("\"expiresAt\":\"2001-01-01T00:00:00Z\"");

        Rows.change("update api.job set expires_at = now()");

        for (JobId job : List.of(onLane, delayed, kept, unsent, past)) {
            Rows.await("it has expired", () -> state(job).equals("EXPIRED"));
        }
        assertThat(streams.take(OTHER, 10)).isEmpty();
    }

    @Test
    void tellsWhoListensHereOfEndsThatWereMadeInPostgresAlone() {
        JobId job = submitted("\"delay\":\"P1D\"");
        Map<JobId, Position> told = new HashMap<>();

        new Cancels(db, streams, new EndWithoutRedis(streams, effects), told::putAll).cancel("default", job, null);

        assertThat(told).containsOnlyKeys(job);
        assertThat(state(job)).isEqualTo("CANCELLED");
    }

    @Test
    void anEndThatIsMadeInPostgresAloneIsFollowedByTheEffectsOfEveryEnd() {
        JobId job = submitted("\"delay\":\"P1D\"");
        List<RecordedEnd> inCommit = new ArrayList<>();
        List<RecordedEnd> behindCommit = new ArrayList<>();
        EndEffects recording = new EndEffects(List.of((tx, ends) -> {
            inCommit.addAll(ends);
            return () -> behindCommit.addAll(ends);
        }));

        new Cancels(db, streams, new EndWithoutRedis(streams, recording), told -> {}).cancel("default", job, null);

        assertThat(inCommit).singleElement().satisfies(end -> {
            assertThat(end.job()).isEqualTo(job);
            assertThat(end.state()).isEqualTo(JobState.CANCELLED);
        });
        assertThat(behindCommit).isEqualTo(inCommit);
    }

    @Test
    void doesNotExpireWhatAWorkerRuns() {
        JobId running = waiting();
        Delivery delivery = taken();
        JobId witness = inserted();

        Rows.change("update api.job set expires_at = now()");

        Rows.await("the expired have ended", () -> state(witness).equals("EXPIRED"));
        streams.finish(List.of(new Finish(delivery, JobState.SUCCEEDED, Duration.ofMillis(1), "1", null)));
        Rows.await("it has succeeded", () -> state(running).equals("SUCCEEDED"));
    }

    /** What a worker, or a publisher, does with a job while it is cancelled. */
    private enum Rival {
        SUCCEEDS,
        FAILS,
        DEFERS,
        ENQUEUES
    }

    private record Pair(JobId job, Rival rival, CompletableFuture<Optional<Cancellation>> answer) {}

    @Test
    void I17_aThousandRandomPairsOfCancelAndItsRivalEachHaveOneWinner() {
        Random random = new Random(17);
        List<Pair> pairs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int round = 0; round < 10; round++) {
                pairs.addAll(raced(threads, random, 100));
            }
        }

        Rows.await("all have ended", () -> Rows.count("api.job where finished_at is null") == 0);
        for (Pair pair : pairs) {
            String end = state(pair.job());
            Optional<Cancellation> answer = pair.answer().join();
            boolean tookEffect =
                    answer.equals(Optional.of(Cancellation.CANCELLED)) || answer.equals(Optional.of(Cancellation.NONE));
            assertThat(end)
                    .isIn(
                            pair.rival() == Rival.SUCCEEDS
                                    ? List.of("SUCCEEDED", "CANCELLED")
                                    : pair.rival() == Rival.FAILS
                                            ? List.of("FAILED", "CANCELLED")
                                            : List.of("CANCELLED"));
            if (tookEffect) {
                assertThat(end).isEqualTo("CANCELLED");
            }
        }
        assertThat(streams.take(OTHER, 10)).isEmpty();
    }

    private List<Pair> raced(ExecutorService threads, Random random, int count) {
        List<JobId> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(inserted());
        }
        List<JobId> sent = jobs.subList(0, count * 3 / 4);
        assertThat(streams.enqueue(
                        Mode.SUBMIT,
                        streams.time(),
                        sent.stream().map(CancelTest::job).toList()))
                .containsOnly(Admission.OK);
        Map<JobId, Delivery> held = new HashMap<>();
        streams.take(OTHER, count).forEach(delivery -> held.put(delivery.job().id(), delivery));
        assertThat(held).hasSize(sent.size());
        List<CompletableFuture<?>> doings = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        for (JobId job : jobs) {
            Rival rival = held.containsKey(job) ? Rival.values()[random.nextInt(3)] : Rival.ENQUEUES;
            Runnable rivalry = () -> act(rival, job, held.get(job));
            boolean first = random.nextBoolean();
            if (first) {
                doings.add(CompletableFuture.runAsync(rivalry, threads));
            }
            Pair pair = new Pair(job, rival, CompletableFuture.supplyAsync(() -> cancelled(job), threads));
            pairs.add(pair);
            doings.add(pair.answer());
            if (!first) {
                doings.add(CompletableFuture.runAsync(rivalry, threads));
            }
        }
        doings.forEach(CompletableFuture::join);
        return pairs;
    }

    /** Empty for a conflict too: the job had ended. */
    private Optional<Cancellation> cancelled(JobId job) {
        try {
            return cancels.cancel("default", job, null);
        } catch (ProblemException ended) {
            return Optional.empty();
        }
    }

    private void act(Rival rival, JobId job, @Nullable Delivery held) {
        if (held == null) {
            streams.enqueue(Mode.SUBMIT, streams.time(), List.of(job(job)));
        } else {
            settle(rival, held);
        }
    }

    private void settle(Rival rival, Delivery delivery) {
        switch (rival) {
            case SUCCEEDS ->
                streams.finish(List.of(new Finish(delivery, JobState.SUCCEEDED, Duration.ofMillis(1), "1", null)));
            case FAILS ->
                streams.finish(List.of(new Finish(delivery, JobState.FAILED, Duration.ofMillis(1), null, null)));
            case DEFERS ->
                streams.defer(List.of(new Deferral(
                        delivery, Why.SNOOZE, new Due.After(Duration.ofMinutes(1)), Duration.ofMillis(1), null)));
            case ENQUEUES -> throw new IllegalArgumentException("Nobody holds a job that is being enqueued.");
        }
    }

    private Reply cancel(JobId job, String body) {
        return client.post("/api/v1/jobs/" + job + "/cancel", body);
    }

    /** Published to its lane. */
    private JobId waiting() {
        JobId job = submitted("\"tags\":[]");
        Rows.await("it lies on its lane", () -> stage.placeOf(job).startsWith("q"));
        return job;
    }

    private JobId submitted(String fields) {
        Reply reply =
                client.submit("{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}," + fields + "}");
        return JobId.parse(reply.json().get("id").asText());
    }

    private Delivery taken() {
        List<Delivery> taken = streams.take(OTHER, 1);
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    /** Its cancel has waited for so long that it is to be repeated, which the service looks for at once. */
    private void lieUnrepeated(JobId job) {
        Rows.change("update api.job set cancel_requested = now() - interval '15 seconds' where id = '" + job + "'");
        stage.endPauses();
    }

    /** Committed, and known to nobody else. */
    private static JobId inserted() {
        JobId id = new JobId(UUID.randomUUID());
        Rows.change("insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state) values ('" + id
                + "', 'default', 'demo.echo', 'other', 5, '{}', '\\x00', 'QUEUED')");
        return id;
    }

    private JsonNode get(JobId job) {
        return client.call("GET", "/api/v1/jobs/" + job).json();
    }

    private String state(JobId job) {
        return get(job).get("state").asText();
    }

    private static Job job(JobId id) {
        return Job.first(id, JobSpec.of(new TaskName("demo.echo"), OTHER, "default", "{}"));
    }
}
