package dev.millrace.api.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost on the way to a workflow, which nothing should be, is found and mended. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class RecountTest {

    private static final String MAP = "{\"root\":{\"name\":\"m\",\"tolerate\":\"all\",\"map\":{\"items\":[1,2],"
            + "\"each\":{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":{\"$ref\":\"/item\"}}}}}}";

    @Inject
    Stage stage;

    @Inject
    Recount recount;

    @Inject
    MeterRegistry registry;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void openStage() {
        client = stage.opened(port);
        Rows.change("delete from api.workflow");
        Rows.change("delete from api.flow_mail");
    }

    private String started() {
        return client.post("/api/v1/workflows", MAP).json().get("id").asText();
    }

    private void awaitState(String id, String state) {
        Rows.await(id + " is " + state, () -> read(id).get("state").asText().equals(state));
    }

    private JsonNode read(String id) {
        return client.call("GET", "/api/v1/workflows/" + id).json();
    }

    private double drift() {
        return registry.get("millrace_workflow_drift").counter().count();
    }

    @Test
    void W5_anEndOfWhichTheWorkflowWasNotToldIsToldAgain() {
        double before = drift();
        String id = started();
        Delivery first = stage.taken();
        Delivery second = stage.taken();
        Rows.change("alter table api.job disable trigger mail_ended");
        try {
            stage.end(first, JobState.SUCCEEDED);
            stage.end(second, JobState.FAILED);
            Rows.await(
                    "both have ended",
                    () -> Rows.count("api.job where workflow = '" + id + "' and finished_at is not null") == 2);
        } finally {
            Rows.change("alter table api.job enable trigger mail_ended");
        }
        assertThat(read(id).get("state").asText()).isEqualTo("RUNNING");

        recount.once();

        awaitState(id, "PARTIAL");
        assertThat(read(id).at("/nodes/0/succeeded").asInt()).isEqualTo(1);
        assertThat(read(id).at("/nodes/0/failed").asInt()).isEqualTo(1);
        assertThat(drift()).isEqualTo(before + 1);
    }

    @Test
    void W5_aCountThatIsTooHighIsTakenBack() {
        double before = drift();
        String id = started();
        Delivery first = stage.taken();
        stage.end(first, JobState.SUCCEEDED);
        Rows.await("it is counted", () -> Rows.count("api.node where workflow = '" + id + "' and succeeded = 1") == 1);
        Rows.change("update api.node set failed = 5 where workflow = '" + id + "'");

        recount.once();

        Rows.await("it is taken back", () -> Rows.count("api.node where workflow = '" + id + "' and failed = 0") == 1);
        assertThat(drift()).isEqualTo(before + 1);
        stage.end(stage.taken(), JobState.SUCCEEDED);
        awaitState(id, "SUCCEEDED");
    }

    @Test
    void whatIsRightIsLetAlone() {
        double before = drift();
        String id = started();
        stage.end(stage.taken(), JobState.SUCCEEDED);
        for (int look = 0; look < 20; look++) {
            recount.once();
        }
        stage.end(stage.taken(), JobState.SUCCEEDED);
        recount.once();

        awaitState(id, "SUCCEEDED");
        assertThat(drift()).isEqualTo(before);
    }

    @Test
    void aWorkflowThatNothingWouldWakeIsGivenATurn() {
        String id = client.post("/api/v1/workflows", "{\"root\":{\"wait\":{\"for\":\"P1D\"}}}")
                .json()
                .get("id")
                .asText();
        Rows.change("update api.node set due_at = now() - interval '1 second' where workflow = '" + id + "'");
        Rows.change(
                "update api.workflow set due_at = null, state = 'RUNNING', created_at = now() - interval '6 minutes'"
                        + " where id = '" + id + "'");
        assertThat(read(id).get("state").asText()).isEqualTo("RUNNING");

        recount.once();

        awaitState(id, "SUCCEEDED");
    }
}
