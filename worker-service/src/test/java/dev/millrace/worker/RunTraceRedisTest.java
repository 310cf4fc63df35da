package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.job.JobState;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.RedisFixture;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The trace of a submit, from the stream into the task. */
class RunTraceRedisTest {

    @RegisterExtension
    static final RedisFixture REDIS = RedisFixture.forgetful();

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SUBMIT = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SUBMIT + "-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private Workshop shop = new Workshop(REDIS);

    @BeforeEach
    void openShop() {
        shop = new Workshop(REDIS);
    }

    @AfterEach
    void closeShop() throws InterruptedException {
        shop.close();
    }

    @Test
    void makesARunASpanOfTheTraceOfItsSubmit() {
        record();
        tracingTask();
        JobId job = submit("trace", Map.of("traceparent", VALID));

        assertThat(shop.endOf(job).result()).contains(TRACE).contains("\"logged\":\"" + TRACE);
        SpanData span = onlySpan();
        assertThat(span.getName()).isEqualTo("task trace");
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(SUBMIT);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.OK);
        assertThat(attribute(span, "millrace.job.id")).isEqualTo(job.toString());
        assertThat(attribute(span, "millrace.queue")).isEqualTo("default");
    }

    @Test
    void tellsTheTypeOfAnErrorAndNotItsMessage() {
        record();
        shop.policy = Workshop.ATTEMPTS_1;
        shop.task("fail", (payload, context) -> {
                    throw new IllegalStateException("secret of " + payload);
                })
                .start();
        assertThat(shop.endOf(submit("fail", Map.of())).state()).isEqualTo(JobState.FAILED);

        SpanData span = onlySpan();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(span, "error.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(span.toString()).doesNotContain("secret");
    }

    @Test
    void takesATraceThatIsNotValidForNone() {
        record();
        tracingTask();
        List<JobId> jobs = List.of(
                submit("trace", Map.of("traceparent", "00-" + "f".repeat(20_000))),
                submit("trace", Map.of("traceparent", "ff-" + TRACE + "-" + SUBMIT + "-01")),
                submit("trace", Map.of("traceparent", "")));

        jobs.forEach(job -> assertThat(shop.endOf(job).state()).isEqualTo(JobState.SUCCEEDED));
        Workshop.await("three spans", () -> exported.getFinishedSpanItems().size() == 3);
        assertThat(exported.getFinishedSpanItems())
                .allSatisfy(span ->
                        assertThat(span.getParentSpanContext().isValid()).isFalse())
                .allSatisfy(span -> assertThat(span.getTraceId()).isNotEqualTo(TRACE));
    }

    @Test
    void handsTheSubmittersSpanOnWhereNothingIsRecorded() {
        tracingTask();

        assertThat(shop.endOf(submit("trace", Map.of("traceparent", VALID))).result())
                .contains("\"trace\":\"" + TRACE)
                .contains("\"span\":\"" + SUBMIT)
                .contains("\"logged\":\"" + TRACE);
    }

    private void record() {
        shop.tracer = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exported))
                .build()
                .get("test");
    }

    /** Returns what it finds of its trace. */
    private void tracingTask() {
        shop.task(
                        "trace",
                        (payload, context) -> Map.of(
                                "trace",
                                Span.current().getSpanContext().getTraceId(),
                                "span",
                                Span.current().getSpanContext().getSpanId(),
                                "logged",
                                String.valueOf(MDC.get("traceId"))))
                .start();
    }

    private JobId submit(String task, Map<String, String> headers) {
        return shop.submit(Jobs.withHeaders(shop.job(task, "{\"a\":1}", 0), headers));
    }

    private SpanData onlySpan() {
        Workshop.await("a span", () -> !exported.getFinishedSpanItems().isEmpty());
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().getFirst();
    }

    private static String attribute(SpanData span, String name) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
    }
}
