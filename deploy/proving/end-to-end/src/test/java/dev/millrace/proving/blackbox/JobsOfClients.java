package dev.millrace.proving.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.proving.Api;
import dev.millrace.testkit.Awaiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What clients do with jobs: submit them once or again, in bulk, for later; watch, cancel and read them. */
abstract class JobsOfClients {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Api api;

    JobsOfClients(Api api) {
        this.api = api;
    }

    @Test
    void theSameSubmitUnderAKeyMeansTheSameJob() {
        String body = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";
        String key = UUID.randomUUID().toString();

        JsonNode first = api.post("/jobs", body, "Idempotency-Key", key).body();
        Api.Answer again = api.post("/jobs", body, "Idempotency-Key", key);

        assertThat(again.body().path("id")).isEqualTo(first.path("id"));
        assertThat(again.headers()).containsKey("idempotency-replayed");
    }

    @Test
    void ofABulkEachJobHasItsOwnAnswer() {
        JsonNode answers = api.post(
                        "/jobs/bulk",
                        "{\"jobs\":[{\"task\":\"demo.echo\",\"payload\":{\"value\":1}},{\"task\":\"no.such\",\"payload\":{}}]}")
                .body();

        assertThat(answers.path("accepted").asInt()).isEqualTo(1);
        assertThat(answers.path("rejected").asInt()).isEqualTo(1);
        assertThat(api.ended(answers.at("/items/0/id").asText(), PATIENCE)
                        .path("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void aJobForLaterRunsLater() {
        JsonNode job = api.ended(submit("demo.echo", "{\"value\":1}", ",\"delay\":\"PT1S\""), PATIENCE);

        assertThat(job.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(millis(job.path("startedAt")) - millis(job.path("createdAt")))
                .isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void aRunThatFailsIsTriedAgainAndTheLastFailureLeavesADeadLetter() {
        String retry = ",\"retry\":{\"maxAttempts\":2,\"backoff\":{\"base\":\"PT0.1S\",\"max\":\"PT0.1S\"}}";

        JsonNode saved = api.ended(submit("demo.fail", "{\"message\":\"m\",\"times\":1}", retry), PATIENCE);
        assertThat(saved.path("state").asText()).isEqualTo("SUCCEEDED");

        String id = submit("demo.fail", "{\"message\":\"m\"}", retry);
        assertThat(api.ended(id, PATIENCE).path("state").asText()).isEqualTo("FAILED");
        assertThat(api.get("/jobs/" + id + "/attempts").body().path("items")).hasSize(2);
        assertThat(api.get("/dead-letters?jobId=" + id).body().path("items")).hasSize(1);
    }

    @Test
    void aJobThatSucceedsMakesTheJobsThatItOrdered() {
        String parent = submit("demo.order", "{\"jobs\":20}", ",\"priority\":7");
        JsonNode result = api.ended(parent, PATIENCE).path("result");
        Awaiting.until("its orders", PATIENCE, () -> children(parent).size() == 20);

        for (JsonNode child : children(parent)) {
            JsonNode job = api.ended(child.path("jobId").asText(), PATIENCE);
            assertThat(job.path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(job.path("parentId").asText()).isEqualTo(parent);
            assertThat(job.path("priority").asInt()).isEqualTo(7);
        }
        assertThat(children(parent).get(0).path("key").asText()).isEqualTo("echo-1");
        assertThat(children(parent).get(0).path("jobId")).isEqualTo(result.path("first"));
        assertThat(api.get("/jobs?limit=200&parentId=" + parent).body().path("items"))
                .hasSize(20);
    }

    @Test
    void aJobThatFailsMakesNoneOfTheJobsThatItOrdered() {
        String failed = submit("demo.order", "{\"jobs\":3,\"fail\":true}", "");
        assertThat(api.ended(failed, PATIENCE).path("state").asText()).isEqualTo("FAILED");
        String later = submit("demo.order", "{\"jobs\":1}", "");
        api.ended(later, PATIENCE);
        Awaiting.until(
                "the orders of one that came later",
                PATIENCE,
                () -> children(later).size() == 1);

        assertThat(children(failed)).isEmpty();
        assertThat(api.get("/jobs?parentId=" + failed).body().path("items")).isEmpty();
    }

    private JsonNode children(String parent) {
        return api.get("/jobs/" + parent + "/children?limit=200").body().path("items");
    }

    @Test
    void aRunningJobIsCancelled() {
        String id = submit("demo.sleep", "{\"duration\":\"PT1M\",\"steps\":600}", "");
        Awaiting.until(
                "its start", PATIENCE, () -> api.job(id).path("state").asText().equals("RUNNING"));

        assertThat(api.post("/jobs/" + id + "/cancel", "{\"reason\":\"enough\"}")
                        .status())
                .isEqualTo(202);

        assertThat(api.ended(id, PATIENCE).path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aReaderThatReconnectsGetsWhatItMissedOnceEach() {
        String id = submit("demo.sleep", "{\"duration\":\"PT1S\",\"steps\":10}", "");
        List<String> whole = api.events("/jobs/" + id + "/events").toList();
        List<String> ids = ids(whole);
        assertThat(whole).anyMatch(line -> line.startsWith("event:") && line.contains("done"));
        assertThat(ids).hasSizeGreaterThan(4).doesNotHaveDuplicates();

        String last = ids.get(ids.size() / 2);
        List<String> rest =
                ids(api.events("/jobs/" + id + "/events", "Last-Event-ID", last).toList());

        assertThat(rest).isNotEmpty().doesNotContain(last);
        assertThat(rest.getLast()).isEqualTo(ids.getLast());
    }

    private static List<String> ids(List<String> events) {
        return events.stream()
                .filter(line -> line.startsWith("id:"))
                .map(line -> line.substring(3).strip())
                .toList();
    }

    private String submit(String task, String payload, String more) {
        Api.Answer answer = api.post("/jobs", "{\"task\":\"%s\",\"payload\":%s%s}".formatted(task, payload, more));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    private static long millis(JsonNode instant) {
        return Instant.parse(instant.asText()).toEpochMilli();
    }
}
