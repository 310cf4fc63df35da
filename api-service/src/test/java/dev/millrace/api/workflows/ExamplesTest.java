package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.catalog.tasks.FleetEntry;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.fleet.WorkerEvent.Joined;
import dev.millrace.fleet.WorkerEvent.Mode;
import dev.millrace.fleet.WorkerEvent.TaskOffered;
import dev.millrace.job.EntryId;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.JobError;
import dev.millrace.job.JobState;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workflows in {@code deploy/examples/workflows}. The test runs their jobs as the tasks that ship for demonstration would. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../deploy/examples/workflows");
    private static final String WORKER = "examples";

    @Inject
    Stage stage;

    @Inject
    TaskCatalog catalog;

    @Inject
    JobStreams streams;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerHasTheTasks() {
        client = stage.opened(port);
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.flow_definition");
        QueueName other = new QueueName("other");
        catalog.apply(List.of(
                new FleetEntry(
                        new EntryId(1, 0),
                        new Joined(WORKER, WORKER, "host", 1, "0.1.0", Mode.JVM, Instant.EPOCH, Map.of(other, 1))),
                new FleetEntry(new EntryId(10, 0), task("demo.fail", other))));
    }

    private static TaskOffered task(String name, QueueName queue) {
        return new TaskOffered(
                WORKER,
                new TaskName(name),
                queue,
                "",
                "{\"type\":\"object\",\"required\":[\"times\"]}",
                "{}",
                ExecutionPolicy.DEFAULT,
                true);
    }

    /** Puts the example, its jobs on the queue that the test serves, and starts it. */
    private String started(String example, String input) throws IOException {
        String definition = Files.readString(EXAMPLES.resolve(example + ".json"))
                .replace("\"task\": \"demo.echo\"", "\"task\": \"demo.echo\", \"queue\": \"other\"");
        Reply put = client.send("PUT", "/api/v1/workflow-definitions/" + example, definition);
        assertThat(put.status()).as(put.http().body()).isEqualTo(201);
        Reply start = client.post(
                "/api/v1/workflows",
                "{\"definition\":\"%s\",\"input\":%s}".formatted(example, input.replace('\'', '"')));
        assertThat(start.status()).as(start.http().body()).isEqualTo(202);
        return start.json().get("id").asText();
    }

    private JsonNode read(String id) {
        return client.call("GET", "/api/v1/workflows/" + id).json();
    }

    /** Runs so many jobs: {@code demo.echo} makes its value, {@code demo.fail} fails if it is told to at all. */
    private void run(int jobs) {
        for (int job = 0; job < jobs; job++) {
            Delivery taken = stage.taken();
            JsonNode payload = StrictJson.read(taken.job().spec().payload());
            boolean fails = payload.path("times").asInt() > 0;
            streams.finish(List.of(
                    fails
                            ? new Finish(
                                    taken,
                                    JobState.FAILED,
                                    Duration.ofMillis(1),
                                    null,
                                    new JobError("Told", payload.get("message").asText(), "at line 1"))
                            : new Finish(taken, JobState.SUCCEEDED, Duration.ofMillis(1), payload.toString(), null)));
        }
    }

    private JsonNode ended(String id) {
        Rows.await(id + " has ended", () -> !read(id).get("finishedAt").isNull());
        return read(id);
    }

    @Test
    void batchOcrKeepsWhatWasReadAndTellsWhatWasNot() throws IOException {
        String id = started(
                "batch-ocr",
                "{'pages':[{'unreadable':0},{'unreadable':0},{'unreadable':9},{'unreadable':0},{'unreadable':0}]}");
        run(7);

        JsonNode workflow = ended(id);
        assertThat(workflow.get("state").asText()).isEqualTo("PARTIAL");
        assertThat(workflow.at("/output/value/read").asInt()).isEqualTo(4);
        assertThat(workflow.at("/output/value/failed")).hasSize(1);
        assertThat(workflow.at("/output/value/failed/0/index").asInt()).isEqualTo(2);
    }

    @Test
    void batchOcrSavesNothingOfADocumentOfWhichTooMuchIsLost() throws IOException {
        String id = started("batch-ocr", "{'pages':[{'unreadable':9},{'unreadable':0},{'unreadable':9}]}");
        run(4);

        JsonNode workflow = ended(id);
        assertThat(workflow.get("state").asText()).isEqualTo("FAILED");
        assertThat(workflow.at("/nodes/3/state").asText()).isEqualTo("UNREACHED");
        assertThat(workflow.at("/nodes/3/name").asText()).isEqualTo("save");
    }

    @Test
    void aReportGoesFromStepToStep() throws IOException {
        String id = started("report", "{'month':'2026-11','to':'a@b.c'}");
        run(4);

        JsonNode mail = ended(id).at("/output/value");
        assertThat(mail.get("subject").asText()).isEqualTo("Report for 2026-11");
        assertThat(mail.at("/pdf/rows")).hasToString("[3,5,8]");
        assertThat(mail.at("/pdf/charts/of")).hasToString("[3,5,8]");
        assertThat(read(id).get("tags")).hasToString("[\"report\"]");
    }

    @Test
    void aReportThatFailsIsToldByItsCallback() throws IOException {
        String id = started("report", "{'month':'2026-11','to':'a@b.c'}");
        stage.end(stage.taken(), JobState.FAILED);

        Delivery callback = stage.taken();
        assertThat(callback.job().spec().payload()).contains("FAILED");
        assertThat(ended(id).get("state").asText()).isEqualTo("FAILED");
        stage.end(callback, JobState.SUCCEEDED);
    }

    @Test
    void anImportChecksEachRowAndCleansUp() throws IOException {
        String id = started("import", "{'rows':[{'errors':0},{'errors':1},{'errors':0}]}");
        run(6);

        JsonNode workflow = ended(id);
        assertThat(workflow.get("state").asText()).isEqualTo("PARTIAL");
        assertThat(workflow.at("/output/clean-up/value").asText()).isEqualTo("removed, with 'save' SUCCEEDED");
        JsonNode save =
                client.call("GET", "/api/v1/jobs?node=save&workflowId=" + id).json();
        assertThat(save.at("/items/0/payload/value")).hasToString("{\"size\":3,\"succeeded\":2,\"failed\":1}");
    }

    @Test
    void anImportThatCannotBeDownloadedCleansUpAllTheSame() throws IOException {
        String id = started("import", "{'rows':[]}");
        stage.end(stage.taken(), JobState.FAILED);
        run(1);

        JsonNode workflow = ended(id);
        assertThat(workflow.get("state").asText()).isEqualTo("FAILED");
        assertThat(client.call("GET", "/api/v1/jobs?node=clean-up&workflowId=" + id)
                        .json()
                        .at("/items/0/payload/value")
                        .asText())
                .isEqualTo("removed, with 'save' UNREACHED");
    }

    @Test
    void aMonthIsWrittenOnceSomebodyHasAgreed() throws IOException {
        String id = started("monthly-content", "{'topics':['a','b','c']}");
        run(1);
        Rows.await("it waits", () -> read(id).get("state").asText().equals("WAITING"));
        assertThat(client.post("/api/v1/workflows/" + id + "/signals/approval", "{\"yes\":true}")
                        .status())
                .isEqualTo(202);
        run(5);

        JsonNode workflow = ended(id);
        assertThat(workflow.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(workflow.at("/output/notify/value").asText()).isEqualTo("The month is SUCCEEDED.");
        assertThat(client.call("GET", "/api/v1/jobs?node=finalise&workflowId=" + id)
                        .json()
                        .at("/items/0/payload/value/posts/2/value")
                        .asText())
                .isEqualTo("A post about c");
    }

    @Test
    void aMonthThatNobodyWantsIsClosedWithoutPosts() throws IOException {
        String id = started("monthly-content", "{'topics':['a','b','c']}");
        run(1);
        Rows.await("it waits", () -> read(id).get("state").asText().equals("WAITING"));
        client.post("/api/v1/workflows/" + id + "/signals/approval", "{\"yes\":false}");
        run(3);

        assertThat(ended(id).get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(client.call("GET", "/api/v1/jobs?node=posts&workflowId=" + id)
                        .json()
                        .get("items"))
                .isEmpty();
    }
}
