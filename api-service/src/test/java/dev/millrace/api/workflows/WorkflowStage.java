package dev.millrace.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobError;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Settling.Finish;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;

/** What tests of workflows over HTTP have in common. No worker but the test itself takes their jobs. */
abstract class WorkflowStage {

    @Inject
    Stage stage;

    @Inject
    JobStreams streams;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.flow_mail");
        Rows.change("delete from api.idempotency");
    }

    Reply start(String body, String... headers) {
        return client.post("/api/v1/workflows", quoted(body), headers);
    }

    String started(String body) {
        Reply reply = start(body);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(202);
        return reply.json().get("id").asText();
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    JsonNode get(String path) {
        Reply reply = client.call("GET", "/api/v1/workflows" + path);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        return reply.json();
    }

    JsonNode awaited(String id, String state) {
        Rows.await(
                id + " is " + state, () -> get("/" + id).get("state").asText().equals(state));
        return get("/" + id);
    }

    String nodeState(String id, String node) {
        return get("/" + id + "/nodes/" + node).get("state").asText();
    }

    Delivery taken() {
        return stage.taken();
    }

    void succeed(Delivery delivery, String result) {
        streams.finish(List.of(new Finish(delivery, JobState.SUCCEEDED, Duration.ofMillis(1), quoted(result), null)));
    }

    void fail(Delivery delivery) {
        JobError error = new JobError("Boom", "it broke", "at line 1");
        streams.finish(List.of(new Finish(delivery, JobState.FAILED, Duration.ofMillis(1), null, error)));
    }

    static String task(String name, String besides) {
        return "{'name':'%s','task':'demo.echo','queue':'other'%s}".formatted(name, besides);
    }
}
