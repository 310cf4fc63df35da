package dev.millrace.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.ApiServers;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ApiServers.class)
class PreviewTest {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @Test
    void notesATimeThatTheClockJumpsOver() {
        JsonNode shown = cron("30 2 * * *", "?from=2026-03-28T12:00:00Z&count=2");

        assertThat(shown.at("/occurrences/0").toString())
                .isEqualTo(
                        "{\"at\":\"2026-03-29T01:00:00Z\",\"local\":\"2026-03-29T03:00:00+02:00\",\"note\":\"dst-gap\"}");
        assertThat(shown.at("/occurrences/1/note").isNull()).isTrue();
    }

    @Test
    void notesATimeThatTheClockShowsTwice() {
        JsonNode shown = cron("30 2 * * *", "?from=2026-10-24T12:00:00Z&count=1");

        assertThat(shown.at("/occurrences/0/note").asText()).isEqualTo("dst-overlap");
        assertThat(shown.get("description").asText()).startsWith("It fires ").contains("Europe/Berlin");
    }

    @Test
    void notesADayWithoutASunset() {
        JsonNode shown = preview(
                        "{\"trigger\":{\"solar\":{\"event\":\"sunset\",\"latitude\":78.2,\"longitude\":15.6}}}",
                        "?from=2026-06-20T00:00:00Z&count=3")
                .json();

        assertThat(shown.get("occurrences").findValuesAsText("note")).containsOnly("polar");
    }

    @Test
    void showsTenTimesUnlessTold() {
        assertThat(cron("* * * * *", "").get("occurrences")).hasSize(10);
        assertThat(cron("* * * * *", "?count=200").get("occurrences")).hasSize(200);
    }

    @Test
    void showsFewerWhereThereAreNoMore() {
        Reply reply = preview(
                "{\"trigger\":{\"interval\":{\"every\":\"PT1H\",\"anchor\":\"2026-01-01T00:00:00Z\"}},"
                        + "\"endAt\":\"2026-01-01T02:00:00Z\"}",
                "?from=2026-01-01T00:00:00Z");

        assertThat(reply.json().get("occurrences")).hasSize(3);
        assertThat(reply.json().get("description").asText())
                .isEqualTo("It fires every hour, until 2026-01-01T02:00:00Z.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?count=0", "?count=201", "?count=x", "?from=tomorrow", "?to=1", "?count=1&count=2"})
    void refusesAQueryThatItCannotRead(String query) {
        assertThat(preview("{\"trigger\":{\"interval\":{\"every\":\"PT1H\"}}}", query)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"trigger\":{\"cron\":{\"expression\":\"0 0 30 2 *\"}}}"})
    void refusesWhatIsNoPlan(String body) {
        assertThat(preview(body, "").status()).isEqualTo(422);
    }

    private JsonNode cron(String expression, String query) {
        return preview(
                        "{\"trigger\":{\"cron\":{\"expression\":\"" + expression
                                + "\",\"timezone\":\"Europe/Berlin\"}}}",
                        query)
                .json();
    }

    private Reply preview(String body, String query) {
        return client.post("/api/v1/schedules/preview" + query, body);
    }
}
