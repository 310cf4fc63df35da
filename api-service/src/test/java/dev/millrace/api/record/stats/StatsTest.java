package dev.millrace.api.record.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.requeue.Stage;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.outbox.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service, with jobs that ended at times of a test's own. */
@QuarkusTest
@WithTestResource(ApiServers.class)
class StatsTest {

    @Inject
    Stage stage;

    @Inject
    StatCount count;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void nothingIsCounted() {
        client = stage.opened(port);
        Rows.change("delete from api.job_stat");
        countedUpTo("now()");
    }

    private static void countedUpTo(String at) {
        Rows.change("update api.job_stat_turn set counted_to = " + at);
    }

    /** The service may have the turn itself. */
    private void countAll() {
        Rows.await("all is counted", () -> {
            count.countOnce();
            return Rows.count("api.job_stat_turn where counted_to > now() - interval '10 seconds'") == 1;
        });
    }

    /** Jobs that ended so long ago, had waited for 150 ms, and ran for 15 ms. */
    private static void ended(int jobs, String ago, String task, String state, int attempt) {
        Rows.change("""
                insert into api.job (id, tenant, task, queue, priority, payload, body_hash, state, attempt, created_at, started_at,
                    finished_at, duration_ms, ended_position)
                select gen_random_uuid(), 'default', '%2$s', 'other', 5, '1', '', '%3$s', %4$d,
                    now() - interval '%5$s' - interval '165 milliseconds', now() - interval '%5$s' - interval '15 milliseconds',
                    now() - interval '%5$s', 15, decode(repeat('01', 25), 'hex')
                from generate_series(1, %1$d)""".formatted(jobs, task, state, attempt, ago));
    }

    private JsonNode window(String label) {
        JsonNode windows = client.call("GET", "/api/v1/stats").json().path("windows");
        return StreamSupport.stream(windows.spliterator(), false)
                .filter(window -> window.path("window").asText().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsWhatEndedByTaskAndHowLongItWaitedAndRan() {
        ended(8, "1 second", "demo.echo", "SUCCEEDED", 1);
        ended(2, "1 second", "demo.fail", "FAILED", 3);
        countedUpTo("now() - interval '1 minute'");

        countAll();

        JsonNode all = window("1m").path("all");
        assertThat(all.path("ended").asInt()).isEqualTo(10);
        assertThat(all.path("succeeded").asInt()).isEqualTo(8);
        assertThat(all.path("failed").asInt()).isEqualTo(2);
        assertThat(all.path("retried").asInt()).isEqualTo(4);
        assertThat(all.path("perSecond").asDouble()).isBetween(0.08, 0.17);
        assertThat(all.path("waitMs").path("p50").asInt()).isBetween(100, 200);
        assertThat(all.path("runMs").path("p99").asInt()).isBetween(10, 20);
        assertThat(window("24h").path("tasks").findValuesAsText("task")).containsExactly("demo.echo", "demo.fail");
        JsonNode failed = window("1h").path("tasks").get(1).path("figures");
        assertThat(failed.path("ended").asInt()).isEqualTo(2);
        assertThat(failed.path("waitMs").path("p50").isNull()).isTrue();
        assertThat(client.call("GET", "/api/v1/stats")
                        .json()
                        .path("jobs")
                        .path("SUCCEEDED")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void countingAgainChangesNothingAndBringsWhatWasRecordedLate() {
        ended(3, "70 seconds", "demo.echo", "SUCCEEDED", 1);
        countedUpTo("now() - interval '2 minutes'");
        countAll();
        countedUpTo("now() - interval '2 minutes'");
        countAll();
        assertThat(window("15m").path("all").path("ended").asInt()).isEqualTo(3);

        ended(1, "70 seconds", "demo.echo", "CANCELLED", 1);
        countedUpTo("now() - interval '1 minute'");
        countAll();

        assertThat(window("15m").path("all").path("ended").asInt()).isEqualTo(4);
        assertThat(window("24h").path("all").path("cancelled").asInt()).isEqualTo(1);
    }

    @Test
    void catchesUpWithAnOutageAndKeepsMinutesForTwoHoursOnly() {
        ended(1, "5 hours", "demo.echo", "SUCCEEDED", 1);
        ended(1, "30 minutes", "demo.echo", "SUCCEEDED", 1);
        ended(1, "30 hours", "demo.echo", "SUCCEEDED", 1);
        countedUpTo("now() - interval '40 hours'");

        countAll();

        assertThat(window("24h").path("all").path("ended").asInt()).isEqualTo(2);
        assertThat(window("1h").path("all").path("ended").asInt()).isEqualTo(1);
        assertThat(Rows.count("api.job_stat where not quarter")).isEqualTo(1);
        assertThat(Rows.count("api.job_stat where quarter")).isEqualTo(2);
    }

    @Test
    void aSeriesHasAPointForEachMinuteInWhichSomethingEnded() {
        ended(2, "10 minutes", "demo.echo", "SUCCEEDED", 1);
        ended(5, "5 minutes", "demo.fail", "FAILED", 1);
        countedUpTo("now() - interval '20 minutes'");
        countAll();

        JsonNode series = client.call("GET", "/api/v1/stats/series?window=1h").json();
        assertThat(series.path("stepSeconds").asInt()).isEqualTo(60);
        assertThat(series.path("items").findValues("figures"))
                .extracting(figures -> figures.path("ended").asInt())
                .containsExactly(2, 5);
        JsonNode ofOne = client.call("GET", "/api/v1/stats/series?window=24h&task=demo.fail")
                .json();
        assertThat(ofOne.path("items").findValues("figures"))
                .extracting(figures -> figures.path("failed").asInt())
                .containsExactly(5);
        assertThat(client.call("GET", "/api/v1/stats/series?window=2h").status())
                .isEqualTo(400);
    }
}
