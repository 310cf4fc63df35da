package dev.millrace.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.StreamsUnavailable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are not to run at once, from their request to Redis. No scheduler moves them on here. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class LaterTest {

    @Inject
    TaskCatalog catalog;

    @Inject
    JobStreams streams;

    @Inject
    RedisLink link;

    @Inject
    StreamNames names;

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
    void aDelayedJobIsScheduledAtBirthAndWaitsInRedis() {
        Reply reply = submit("\"delay\":\"PT2M\"");

        JsonNode job = reply.json();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(job.get("state").asText()).isEqualTo("SCHEDULED");
        assertThat(Instant.parse(job.get("scheduledFor").asText()))
                .isEqualTo(Instant.parse(job.get("createdAt").asText()).plusSeconds(120));
        assertThat(get(job)).isEqualTo(job);
        Rows.await("it waits in Redis", () -> placeOf(job).equals("d"));
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
    }

    @Test
    void aJobStillSaysWhenItWasToRunAfterThatTime() {
        JsonNode job = submit("\"delay\":\"PT2M\"").json();
        Rows.change("update api.job set state = 'QUEUED', due_at = null where id = '"
                + job.get("id").asText() + "'");

        assertThat(get(job).get("scheduledFor")).isEqualTo(job.get("scheduledFor"));
    }

    @Test
    void aTimeThatIsPastMeansNow() {
        JsonNode job = submit("\"runAt\":\"2001-01-01T00:00:00Z\"").json();

        assertThat(job.get("state").asText()).isEqualTo("QUEUED");
        assertThat(job.get("scheduledFor").isNull()).isTrue();
        Rows.await("it lies on its lane", () -> placeOf(job).startsWith("q"));
    }

    @Test
    void I11_PostgresKeepsWhatIsDueLaterThanInFiveMinutesAndPassesItOnInTime() {
        Instant time = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        JsonNode job = submit("\"runAt\":\"" + time + "\"").json();

        assertThat(job.get("scheduledFor").asText()).isEqualTo(time.toString());
        assertThat(Rows.count("api.outbox")).isZero();
        assertThat(placeOf(job)).isEmpty();
        Rows.change("update api.job set due_at = now() + interval '4 minutes' where id = '" + id(job) + "'");

        Rows.await("it waits in Redis", () -> placeOf(job).equals("d"));
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(Rows.count("api.job where kept and id = '" + id(job) + "'")).isZero();
    }

    @Test
    void I11_tenThousandJobsThatAreDueTogetherAreAllPassedOn() {
        Rows.deleteJobs();
        Rows.change("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, due_at, kept)
                select gen_random_uuid(), 'default', 'demo.echo', 'other', 1 + n % 10, '{}', '\\x00', 'SCHEDULED',
                    now() + interval '3 minutes', true
                from generate_series(1, 10000) n""");

        Rows.await("none is kept", () -> Rows.count("api.job where kept") == 0);
        Rows.await("the outbox is empty", () -> Rows.count("api.outbox") == 0);
        assertThat(delays()).isGreaterThanOrEqualTo(10_000);
        Rows.deleteJobs();
    }

    @Test
    void I1_I15_whatWaitsForItsTimeWaitsForItAgainAfterRedisWasEmptied() {
        JsonNode near = submit("\"delay\":\"PT3M\"").json();
        JsonNode retrying = submit("\"delay\":\"PT3M\"").json();
        JsonNode far = submit("\"delay\":\"PT3M\"").json();
        Rows.await(
                "all wait in Redis",
                () -> placeOf(near).equals("d")
                        && placeOf(retrying).equals("d")
                        && placeOf(far).equals("d"));
        Rows.change("update api.job set state = 'RETRYING', attempt = 3 where id = '" + id(retrying) + "'");
        Rows.change(
                "update api.job set state = 'RETRYING', attempt = 2, due_at = now() + interval '1 hour' where id = '"
                        + id(far) + "'");

        link.call(Request.cmd(Command.FLUSHALL));

        Rows.await("Redis is open", this::isOpen);
        Rows.await(
                "both are back",
                () -> placeOf(near).equals("d") && placeOf(retrying).equals("d"));
        Rows.await("the shard is complete", () -> Rows.count("api.shard where complete") == 1);
        assertThat(placeOf(far)).isEmpty();
        assertThat(Rows.count("api.job where kept and id = '" + id(far) + "'")).isOne();
        assertThat(entryOf(retrying)).contains("attempt, 3", "due, " + due(retrying));
        assertThat(entryOf(near)).contains("attempt, 1", "due, " + due(near));
    }

    @Test
    void theTermsGoWithTheJobAndShowTheAttemptsItHas() {
        JsonNode job = submit("\"delay\":\"PT3M\",\"ttl\":\"PT1H\",\"timeout\":\"PT9S\",\"retry\":{\"maxAttempts\":9}")
                .json();

        assertThat(job.get("maxAttempts").asInt()).isEqualTo(9);
        assertThat(Instant.parse(job.get("expiresAt").asText()))
                .isCloseTo(
                        Instant.parse(job.get("createdAt").asText()).plusSeconds(3600), within(0, ChronoUnit.SECONDS));
        assertThat(get(job)).isEqualTo(job);
        Rows.await("it waits in Redis", () -> placeOf(job).equals("d"));
        String entry = entryOf(job);
        assertThat(entry).contains("timeout, PT9S", "maxAttempts, 9", "expires, ");
        link.call(Request.cmd(Command.FLUSHALL));
        Rows.await("it is back", () -> isOpen() && placeOf(job).equals("d"));
        assertThat(entryOf(job)).contains("timeout, PT9S", "maxAttempts, 9", "expires, ");
    }

    @Test
    void aJobWithoutTermsHasTheAttemptsOfItsTask() {
        assertThat(submit("\"delay\":\"PT3M\"").json().get("maxAttempts").asInt())
                .isEqualTo(4);
    }

    @Test
    void I3_theKeyOfACallCoversItsTimes() {
        String key = "later-" + System.nanoTime();
        String body = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"delay\":\"PT%dM\"}";

        Reply first = client.submit(body.formatted(3), "Idempotency-Key", key);
        Reply again = client.submit(body.formatted(3), "Idempotency-Key", key);
        Reply other = client.submit(body.formatted(4), "Idempotency-Key", key);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(other.problem()).isEqualTo("key-reused");
    }

    private Reply submit(String fields) {
        return client.submit("{\"task\":\"demo.echo\",\"payload\":{\"value\":1}," + fields + "}");
    }

    private JsonNode get(JsonNode job) {
        return client.call("GET", "/api/v1/jobs/" + id(job)).json();
    }

    private static String id(JsonNode job) {
        return job.get("id").asText();
    }

    /** As the job's marker has it; empty without one. */
    private String placeOf(JsonNode job) {
        String marker = String.valueOf(link.call(Request.cmd(Command.GET).arg(names.markerPrefix() + id(job))));
        return marker.equals("null") ? "" : marker.split("\\|", -1)[1];
    }

    private long delays() {
        return Long.parseLong(String.valueOf(link.call(Request.cmd(Command.XLEN).arg(names.delays()))));
    }

    private String entryOf(JsonNode job) {
        String marker = String.valueOf(link.call(Request.cmd(Command.GET).arg(names.markerPrefix() + id(job))));
        String entry = marker.split("\\|", -1)[2];
        return String.valueOf(link.call(
                Request.cmd(Command.XRANGE).arg(names.delays()).arg(entry).arg(entry)));
    }

    /** As Redis has it: in milliseconds, rounded up. */
    private static long due(JsonNode job) {
        return Instant.parse(job.get("scheduledFor").asText())
                .plusNanos(999_999)
                .toEpochMilli();
    }

    private boolean isOpen() {
        try {
            return streams.epoch() > 0;
        } catch (StreamsUnavailable away) {
            return false;
        }
    }
}
