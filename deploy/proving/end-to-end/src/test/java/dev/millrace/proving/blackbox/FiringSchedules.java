package dev.millrace.proving.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.proving.Api;
import dev.millrace.testkit.Awaiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules: previewed in any zone, and fired. */
abstract class FiringSchedules {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Api api;

    FiringSchedules(Api api) {
        this.api = api;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        interval | {"interval":{"every":"PT1S"}}
        cron     | {"cron":{"expression":"* * * * * *","timezone":"Europe/Berlin"}}
        """)
    void aScheduleFiresAndItsJobsRun(String id, String trigger) {
        String name = "black-box-" + id;
        Api.Answer made = api.post(
                "/schedules",
                "{\"id\":\"%s\",\"trigger\":%s,\"job\":{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}}"
                        .formatted(name, trigger));
        assertThat(made.status()).as(made.toString()).isBetween(200, 202);

        Awaiting.until("two jobs of it", PATIENCE, () -> succeeded(name) >= 2);

        assertThat(api.get("/schedules/" + name + "/fires?limit=5").body().findValuesAsText("outcome"))
                .contains("fired");
    }

    @Test
    void thePreviewKnowsWhenClocksAreSetForward() {
        JsonNode preview = api.post(
                        "/schedules/preview?count=2&from=2026-03-28T00:00:00Z",
                        "{\"trigger\":{\"cron\":{\"expression\":\"30 2 * * *\",\"timezone\":\"Europe/Berlin\"}}}")
                .body();

        assertThat(preview.toString()).contains("2026-03-29T03:00:00+02:00", "dst-gap");
    }

    @Test
    void thePreviewKnowsTheSun() {
        JsonNode preview = api.post(
                        "/schedules/preview?count=1&from=2026-06-21T00:00:00Z",
                        "{\"trigger\":{\"solar\":{\"event\":\"sunrise\",\"latitude\":52.5,\"longitude\":13.4}}}")
                .body();

        assertThat(preview.toString()).contains("2026-06-21T02:4");
    }

    private long succeeded(String schedule) {
        return api.get("/jobs/counts?scheduleId=" + schedule)
                .body()
                .path("SUCCEEDED")
                .asLong();
    }
}
