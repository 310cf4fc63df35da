package dev.millrace.api.jobs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.problem.ProblemException;
import dev.millrace.api.record.job.DueTime;
import dev.millrace.api.record.job.StoredPolicy;
import dev.millrace.job.PolicyOverride;
import dev.millrace.json.Violation;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobRequestTest {

    @Test
    void readsTimesAndPolicy() {
        JobRequest request = read("""
                "runAt":"2030-01-01T01:00:00+01:00","ttl":"PT1H","timeout":"PT10S","softTimeout":"PT9.5S",
                "retry":{"maxAttempts":7,"backoff":{"type":"fixed","base":"PT2S","factor":3,"max":"PT1M","jitter":"none"}}""");

        assertThat(request.due()).isEqualTo(new DueTime(null, Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(request.expiry()).isEqualTo(new DueTime(Duration.ofHours(1), null));
        assertThat(request.policy())
                .isEqualTo(new PolicyOverride(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(9500),
                        new RetryOverride(
                                7, BackoffType.FIXED, Duration.ofSeconds(2), 3.0, Duration.ofMinutes(1), Jitter.NONE)));
    }

    @Test
    void readsForHowLongTheResultIsKept() {
        assertThat(read("\"resultTtl\":\"PT1M\"").resultTtl()).contains(Duration.ofMinutes(1));
        assertThat(read("\"resultTtl\":null").resultTtl()).isEmpty();
        for (String wrong : List.of("\"PT59S\"", "\"P3651D\"", "\"-PT1M\"", "60")) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> read("\"resultTtl\":" + wrong))
                    .satisfies(refusal -> assertThat(refusal.problem().errors())
                            .extracting(Violation::pointer)
                            .containsExactly("/resultTtl"));
        }
    }

    @Test
    void wantsNothingWhereNothingIsSaid() {
        JobRequest request = read("\"retry\":{\"backoff\":{}},\"delay\":null,\"timeout\":null");

        assertThat(request.due()).isEqualTo(DueTime.NONE);
        assertThat(request.expiry()).isEqualTo(DueTime.NONE);
        assertThat(request.policy().isEmpty()).isTrue();
        assertThat(StoredPolicy.text(request.policy())).isNull();
    }

    @Test
    void I19_roundsTimesUp() {
        assertThat(read("\"runAt\":\"2030-01-01T00:00:00.0000001Z\"").due().at())
                .isEqualTo("2030-01-01T00:00:00.001Z");
        assertThat(read("\"delay\":\"PT0.0000001S\"").due().after()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void pointsAtEachFieldThatIsWrong() {
        String fields = "\"delay\":1,\"softTimeout\":\"x\",\"retry\":{\"maxAttempts\":0,\"backoff\":{\"factor\":101}}";

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(fields))
                .satisfies(refusal -> assertThat(refusal.problem().errors())
                        .extracting(Violation::pointer)
                        .containsExactlyInAnyOrder(
                                "/delay", "/softTimeout", "/retry/maxAttempts", "/retry/backoff/factor"));
    }

    private static JobRequest read(String fields) {
        String body = "{\"task\":\"demo.echo\",\"payload\":1," + fields + "}";
        return JobRequest.read(StrictJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }
}
