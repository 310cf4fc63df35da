package dev.millrace.api.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.record.query.JobQueries;
import dev.millrace.job.JobId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class SubmitTest {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";

    @Inject
    TaskCatalog catalog;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
        client = new Client(port);
    }

    @Test
    void answersWithTheJobAndItsPlace() {
        Reply reply = client.submit(
                "{\"task\":\"demo.echo\",\"payload\":{\"value\":1.50},\"priority\":8,\"tags\":[\"vip\"],\"metadata\":{\"a\":1}}",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(reply.status()).isEqualTo(202);
        JsonNode job = reply.json();
        assertThat(reply.header("Location"))
                .endsWith("/api/v1/jobs/" + job.get("id").asText());
        assertThat(job.get("state").asText()).isEqualTo("QUEUED");
        assertThat(job.get("queue").asText()).isEqualTo("default");
        assertThat(reply.http().body()).contains("\"payload\":{\"value\":1.50}");
        assertThat(job.get("traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(read(job)).isEqualTo(job);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{`,400,not-json",
                "``,400,not-json",
                "`{\"task\":\"demo.echo\",\"task\":\"x\",\"payload\":{}}`,400,duplicate-field",
                "`{\"task\":\"demo.echo\",\"payload\":{},\"prio\":1}`,400,unknown-field",
                "`{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"unique\":{\"key\":\"k\"}}`,422,not-available",
                "`[]`,422,invalid",
                "`{\"payload\":{}}`,422,invalid",
                "`{\"task\":\"demo.echo\"}`,422,invalid",
                "`{\"task\":\"demo echo\",\"payload\":{}}`,422,invalid",
                "`{\"task\":\"demo.echo\",\"payload\":{},\"priority\":11}`,422,invalid",
                "`{\"task\":\"demo.echo\",\"payload\":{},\"id\":\"1-2-3-4-5\"}`,422,invalid",
                "`{\"task\":\"demo.echo\",\"payload\":{\"value\":\"\\u0000\"}}`,422,invalid",
                "`{\"task\":\"demo.none\",\"payload\":{}}`,422,unknown-task",
                "`{\"task\":\"demo.echo\",\"payload\":{\"value\":1},\"queue\":\"nobody\"}`,422,unknown-queue",
                "`{\"task\":\"demo.echo\",\"payload\":{}}`,422,payload-invalid"
            })
    void refusesABadRequestWithItsKindOfProblem(String body, int status, String problem) {
        Reply reply = client.submit(body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(reply.http().body()).doesNotContain("Exception", "dev.millrace", "select", "insert");
    }

    @Test
    void pointsAtWhatIsWrongInThePayload() {
        JsonNode problem =
                client.submit("{\"task\":\"demo.echo\",\"payload\":{}}").json();

        assertThat(problem.at("/errors/0/pointer").asText()).startsWith("/payload");
        assertThat(problem.get("instance").asText()).isEqualTo("/api/v1/jobs");
    }

    @Test
    void capsBodiesAndPayloads() {
        assertThat(client.submit(echoOf(260 << 10)).problem()).isEqualTo("too-large");
        assertThat(client.submit(echoOf(2 << 20)).problem()).isEqualTo("too-large");
        Reply tooLong = client.submit(echoOf(9 << 20));
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.problem()).isEqualTo("too-large");
    }

    @Test
    void refusesWhatTheFrameworkWouldRefuseInTheSameForm() {
        assertThat(client.post("/api/v1/jobs", ECHO, "Content-Type", "text/plain")
                        .problem())
                .isEqualTo("unsupported-media-type");
        assertThat(client.call("DELETE", "/api/v1/jobs").problem()).isEqualTo("method-not-allowed");
        assertThat(client.call("GET", "/api/v1/nothing").problem()).isEqualTo("not-found");
        assertThat(client.call("GET", "/nothing").problem()).isEqualTo("not-found");
        assertThat(client.post("/api/v1/jobs", ECHO, "Accept", "text/html").problem())
                .isEqualTo("not-acceptable");
    }

    @Test
    void explainsItsProblems() {
        assertThat(client.call("GET", "/problems").json().size()).isGreaterThan(10);
        assertThat(client.call("GET", "/problems/key-reused")
                        .json()
                        .get("status")
                        .asInt())
                .isEqualTo(422);
        assertThat(client.call("GET", "/problems/nothing").status()).isEqualTo(404);
    }

    @Test
    void routesByRequestThenConfigurationThenTask() {
        assertThat(queueOf("{\"task\":\"mail.send\",\"payload\":{},\"queue\":\"other\"}"))
                .isEqualTo("other");
        assertThat(queueOf("{\"task\":\"mail.send\",\"payload\":{}}")).isEqualTo("mail");
        assertThat(queueOf(ECHO)).isEqualTo("default");
    }

    @Test
    void I3_sameKeyIsOneJob() {
        String key = "key-" + UUID.randomUUID();
        List<CompletableFuture<Reply>> calls = IntStream.range(0, 100)
                .mapToObj(i -> client.postLater("/api/v1/jobs", ECHO, "Idempotency-Key", key))
                .toList();

        List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();

        assertThat(replies).allMatch(reply -> reply.status() == 202);
        assertThat(ids(replies)).hasSize(1);
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Idempotency-Replayed").isEmpty()))
                .hasSize(1);
    }

    @Test
    void comparesBodiesOfAKeyByTheirMeaning() {
        String key = "key-" + UUID.randomUUID();
        Reply first = client.submit(ECHO, "Idempotency-Key", key);

        Reply same = client.submit("{ \"payload\":{\"value\":1.0}, \"task\":\"demo.echo\"}", "Idempotency-Key", key);
        Reply other = client.submit("{\"task\":\"demo.echo\",\"payload\":{\"value\":2}}", "Idempotency-Key", key);

        assertThat(same.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("key-reused");
    }

    @Test
    void leavesAKeyUnusedWhenTheCallIsRefused() {
        String key = "key-" + UUID.randomUUID();
        String id = UUID.randomUUID().toString();
        client.submit(echoWith(id, 1));

        assertThat(client.submit(echoWith(id, 2), "Idempotency-Key", key).problem())
                .isEqualTo("id-taken");
        assertThat(client.submit(ECHO, "Idempotency-Key", key).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(client.submit(ECHO, "Idempotency-Key", "k".repeat(256)).status())
                .isEqualTo(400);
    }

    @Test
    void takesAnIdForOneBodyOnly() {
        String id = UUID.randomUUID().toString();

        assertThat(client.submit(echoWith(id, 1)).json().get("id").asText()).isEqualTo(id);
        assertThat(client.submit(echoWith(id, 1)).status()).isEqualTo(202);
        assertThat(client.submit(echoWith(id, 2)).status()).isEqualTo(409);
    }

    @Test
    void answersABulkCallItemByItem() {
        String id = UUID.randomUUID().toString();
        String body = "{\"jobs\":[" + ECHO + ",{\"task\":\"demo.echo\",\"payload\":{}}," + echoWith(id, 1) + ","
                + echoWith(id, 1) + "," + echoWith(id, 2) + "]}";

        JsonNode reply = client.post("/api/v1/jobs/bulk", body).json();

        assertThat(reply.get("accepted").asInt()).isEqualTo(3);
        assertThat(reply.get("rejected").asInt()).isEqualTo(2);
        assertThat(reply.at("/items/1/problem/type").asText()).isEqualTo("/problems/payload-invalid");
        assertThat(reply.at("/items/3/id").asText()).isEqualTo(id);
        assertThat(reply.at("/items/4/problem/status").asInt()).isEqualTo(409);
    }

    @Test
    void takesJobsByLine() {
        Reply reply = client.post(
                "/api/v1/jobs/bulk", ECHO + "\nnot json\n" + ECHO + "\n", "Content-Type", "application/x-ndjson");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(reply.json().at("/items/1/problem/type").asText()).isEqualTo("/problems/not-json");
    }

    @Test
    void repeatsTheReplyToABulkCallWithItsKey() {
        String key = "key-" + UUID.randomUUID();
        String body = "{\"jobs\":[" + ECHO + ",{}]}";
        Reply first = client.post("/api/v1/jobs/bulk", body, "Idempotency-Key", key);

        Reply second = client.post("/api/v1/jobs/bulk", body, "Idempotency-Key", key);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(client.post("/api/v1/jobs/bulk", "{\"jobs\":[{}]}", "Idempotency-Key", key)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void capsTheNumberOfJobsInACall() {
        String thousand = (ECHO + "\n").repeat(1000);

        assertThat(lines(thousand).json().get("accepted").asInt()).isEqualTo(1000);
        assertThat(lines(thousand + ECHO).status()).isEqualTo(413);
        assertThat(lines("").status()).isEqualTo(422);
    }

    @Inject
    NothingEnds ends;

    @Inject
    JobQueries queries;

    @Test
    void saysWhetherTheJobEndedWithinTheWait() {
        Reply running = client.submit(ECHO, "Prefer", "wait=1", "Idempotency-Key", "wait-" + UUID.randomUUID());
        assertThat(running.status()).isEqualTo(202);
        assertThat(running.header("Preference-Applied")).isEmpty();

        String id = UUID.randomUUID().toString();
        client.submit(echoWith(id, 1));
        ends.ended(queries.find("default", JobId.parse(id))
                .toCompletableFuture()
                .join()
                .orElseThrow());
        Reply ended = client.submit(echoWith(id, 1), "Prefer", "wait=90");

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.header("Preference-Applied")).isEqualTo("wait=60");
    }

    private Reply lines(String body) {
        return client.post("/api/v1/jobs/bulk", body, "Content-Type", "application/x-ndjson");
    }

    private String queueOf(String body) {
        return client.submit(body).json().path("queue").asText();
    }

    private JsonNode read(JsonNode job) {
        return client.call("GET", job.at("/links/self").asText()).json();
    }

    private static String echoOf(int chars) {
        return "{\"task\":\"demo.echo\",\"payload\":{\"value\":\"" + "x".repeat(chars) + "\"}}";
    }

    private static String echoWith(String id, int value) {
        return "{\"task\":\"demo.echo\",\"id\":\"" + id + "\",\"payload\":{\"value\":" + value + "}}";
    }

    private static Set<String> ids(List<Reply> replies) {
        return replies.stream().map(reply -> reply.json().get("id").asText()).collect(Collectors.toSet());
    }
}
