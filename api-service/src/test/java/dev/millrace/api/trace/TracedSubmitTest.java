package dev.millrace.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.ApiServers;
import dev.millrace.api.SwitchedOn;
import dev.millrace.api.catalog.tasks.TaskCatalog;
import dev.millrace.api.jobs.submit.Client;
import dev.millrace.api.jobs.submit.Client.Reply;
import dev.millrace.api.jobs.submit.Tasks;
import dev.millrace.api.outbox.Rows;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With tracing on: the request's span is what the run of its job continues. */
@QuarkusTest
@WithTestResource(ApiServers.class)
@TestProfile(SwitchedOn.class)
class TracedSubmitTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final String ECHO = "{\"task\":\"demo.echo\",\"payload\":{\"value\":1}}";

    @Inject
    TaskCatalog catalog;

    @Inject
    InMemorySpanExporter exported;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private Client client;

    @BeforeEach
    void aWorkerHasOfferedItsTasks() {
        Tasks.offer(catalog);
        client = SwitchedOn.admin(port);
    }

    @Test
    void theJobContinuesTheSpanOfItsSubmit() {
        Reply reply = client.submit(ECHO, "traceparent", "00-" + TRACE + "-" + CLIENT + "-01");
        String job = reply.json().path("id").asText();

        assertThat(reply.json().path("traceId").asText()).isEqualTo(TRACE);
        Rows.await("the request's span", () -> spanOf(job).isPresent());
        SpanData span = spanOf(job).orElseThrow();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(CLIENT);
        assertThat(Rows.count("api.job where id = '%s' and trace_parent = '00-%s-%s-01'"
                        .formatted(job, TRACE, span.getSpanId())))
                .isEqualTo(1);
    }

    @Test
    void aTraceOfItsOwnIsMadeWhereTheClientsIsNotValid() {
        Reply reply = client.submit(ECHO, "traceparent", "00-" + "0".repeat(5_000));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("traceId").asText())
                .matches("[0-9a-f]{32}")
                .doesNotMatch("0+");
    }

    @Test
    void whatIsSearchedForStandsInNoSpan() {
        client.call("GET", "/api/v1/jobs?q=/pin=sought-after");

        Rows.await(
                "the span of the search",
                () -> exported.getFinishedSpanItems().stream()
                        .anyMatch(span -> span.getName().equals("GET /api/v1/jobs")));
        assertThat(exported.getFinishedSpanItems())
                .noneMatch(span -> span.toString().contains("sought-after"));
    }

    @Test
    void nothingThatALoopAsksForIsTraced() {
        client.submit(ECHO);

        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getKind)
                .containsOnly(SpanKind.SERVER);
    }

    private Optional<SpanData> spanOf(String job) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> job.equals(span.getAttributes().get(AttributeKey.stringKey("millrace.job.id"))))
                .findFirst();
    }
}
