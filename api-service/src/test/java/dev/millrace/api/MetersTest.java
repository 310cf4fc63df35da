package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.outbox.Rows;
import dev.millrace.api.queues.QueueMeters;
import dev.millrace.api.submit.Client;
import dev.millrace.api.submit.Tasks;
import dev.millrace.api.tasks.TaskCatalog;
import dev.millrace.stream.StreamsUnavailable;
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
    TaskCatalog catalog;

    @Inject
    QueueMeters queues;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
        client = new Client(port);
    }

    @Test
    void theTableInTheReadmeIsWhatTheServiceShows() {
        client.submit(ECHO);
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
    void showsHowLongTheOldestReadyJobHasWaited() {
        client.submit("{\"task\":\"demo.echo\",\"queue\":\"other\",\"payload\":{\"value\":1}}");

        Rows.await(
                "it is there and grows older",
                () -> looked()
                        && value("millrace_queue_ready_jobs{lane=\"normal\",queue=\"other\"}") >= 1
                        && value("millrace_queue_oldest_seconds{lane=\"normal\",queue=\"other\"}") > 0);
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
