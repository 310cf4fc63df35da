package dev.millrace.ctl.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aQueueThatNobodyServesIsNamed() {
        Finding finding = only(queue("critical", 3, 0, false));

        assertThat(finding.level()).isEqualTo(Finding.Level.BAD);
        assertThat(finding.found()).contains("3 jobs wait in the queue 'critical', which no worker serves");
        assertThat(finding.advice()).contains("MILLRACE_WORKER_SERVE");
    }

    @Test
    void aQueueThatIsPausedIsToldFromOneThatNobodyServes() {
        assertThat(only(queue("mail", 3, 0, true)).advice()).contains("resume mail");
    }

    @Test
    void moreThanAThousandWaitingIsTooMuch() {
        assertThat(only(queue("mail", 1_001, 2, false)).advice()).contains("more workers");
        assertThat(only(queue("mail", 1_000, 2, false)).level()).isEqualTo(Finding.Level.OK);
        assertThat(Checks.backlog(1_001).level()).isEqualTo(Finding.Level.BAD);
        assertThat(Checks.backlog(1_000).level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void anEmptyQueueNeedsNoWorker() {
        assertThat(only(queue("mail", 0, 0, true)).level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void workersThatAllDrainRunNothing() {
        JsonNode draining = Json.object().put("state", "draining");
        JsonNode running = Json.object().put("state", "running");

        assertThat(Checks.workers(List.of(draining)).level()).isEqualTo(Finding.Level.BAD);
        assertThat(Checks.workers(List.of(draining, running)).level()).isEqualTo(Finding.Level.OK);
        assertThat(Checks.workers(List.of()).advice()).contains("Start a worker-service");
    }

    @Test
    void clocksThatAreApartAreFound() {
        assertThat(Checks.clock(Optional.of("Sat, 31 Jan 2026 12:00:04 GMT"), NOW))
                .hasValueSatisfying(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.OK));
        assertThat(Checks.clock(Optional.of("Sat, 31 Jan 2026 12:00:10 GMT"), NOW))
                .hasValueSatisfying(finding -> assertThat(finding.found()).contains("10 s apart"));
        assertThat(Checks.clock(Optional.of("yesterday"), NOW)).isEmpty();
    }

    private static Finding only(JsonNode queue) {
        List<Finding> findings = Checks.queues(List.of(queue));
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static JsonNode queue(String name, long ready, long consumers, boolean paused) {
        return Json.object()
                .put("name", name)
                .put("ready", ready)
                .put("consumers", consumers)
                .put("paused", paused);
    }
}
