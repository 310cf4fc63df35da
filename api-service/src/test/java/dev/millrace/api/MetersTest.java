package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.catalog.queues.QueueMeters;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.stream.redis.StreamsUnavailable;
import dev.millrace.testkit.MeterTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ApiServers.class)
class MetersTest {

    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";

    @Inject
    QueueMeters queues;

    @Inject
    Stage stage;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        client = stage.opened(port);
    }

    @Test
    void theTableInTheReadmeIsWhatTheServiceShows() {
        client.submit(ECHO);
        stage.ended(client, JobState.FAILED);
        Rows.await("the queues were looked at", this::looked);
        String shown = shown();

        assertThat(MeterTable.ofMetrics(shown)).isEqualTo(MeterTable.ofReadme()).isNotEmpty();
        assertThat(MeterTable.valuesLikeJobIds(shown)).isEmpty();
    }

    @Test
    void countsWhatIsAcceptedRepeatedAndRefused() {
        double accepted = value("millrace_jobs_enqueued_total{queue=\"default\",task=\"demo.echo\"}");
        double repeated = value("millrace_submit_replays_total");
        double unknown = value("millrace_refusals_total{problem=\"unknown-task\"}");

        client.submit(ECHO, "Idempotency-Key", "counted");
        client.submit(ECHO, "Idempotency-Key", "counted");
        client.submit("{\"task\":\"no.such\",\"payload\":{}}");
        client.post("/api/v1/jobs/bulk", "{\"jobs\":[" + ECHO + ",{\"task\":\"no.such\",\"payload\":{}}]}");

        assertThat(value("millrace_jobs_enqueued_total{queue=\"default\",task=\"demo.echo\"}") - accepted)
                .isEqualTo(2);
        assertThat(value("millrace_submit_replays_total") - repeated).isEqualTo(1);
        assertThat(value("millrace_refusals_total{problem=\"unknown-task\"}") - unknown)
                .isEqualTo(2);
    }

    @Test
    void countsDeadLettersAndWhatIsRunAgain() {
        String left = "millrace_dead_letters_total{queue=\"other\",task=\"demo.echo\"}";
        double letters = value(left);
        double requeued = value("millrace_jobs_requeued_total");

        JobId job = stage.ended(client, JobState.FAILED);
        client.post("/api/v1/jobs/" + job + "/retry", "");

        Rows.await("the letter is counted", () -> value(left) == letters + 1);
        assertThat(value("millrace_jobs_requeued_total") - requeued).isEqualTo(1);
    }

    @Test
    void showsHowLongTheOldestReadyJobHasWaited() {
        client.submit("{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}");

        Rows.await(
                "it is there and grows older",
                () -> looked()
                        && value("millrace_queue_ready_jobs{lane=\"normal\",queue=\"other\"}") >= 1
                        && value("millrace_queue_oldest_seconds{lane=\"normal\",queue=\"other\"}") > 0);
    }

    @Test
    void whatIsRefusedBeforeItIsKnownStandsUnderNoAddress() {
        client.post("/api/v1/jobs/made-up-by-a-caller/cancel", "{}", "Content-Encoding", "br");

        Rows.await("it is counted", () -> shown().contains("uri=\"OTHER\""));
        assertThat(shown()).doesNotContain("made-up-by-a-caller");
    }

    private boolean looked() {
        try {
            queues.lookOnce();
            return true;
        } catch (StreamsUnavailable notYet) {
            return false;
        }
    }

    private String shown() {
        return client.call("GET", "/q/metrics").http().body();
    }

    /** What a meter stands at; 0 while it is not there. */
    private double value(String meter) {
        return shown().lines()
                .filter(line -> line.startsWith(meter + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
