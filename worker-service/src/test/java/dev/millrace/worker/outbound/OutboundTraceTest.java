package dev.millrace.worker.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundTraceTest {

    private static final String OF_RUN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OF_TASK = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final LocalWeb web = new LocalWeb();
    private final AtomicReference<String> received = new AtomicReference<>("nothing");

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void carriesTheTraceOfItsRun() throws Exception {
        assertThat(inRun(() -> fetch(Map.of()))).isEqualTo(OF_RUN);
    }

    @Test
    void leavesATraceThatTheTaskChose() throws Exception {
        assertThat(inRun(() -> fetch(Map.of("traceparent", OF_TASK)))).isEqualTo(OF_TASK);
    }

    @Test
    void carriesNoneOutsideATrace() throws IOException {
        assertThat(fetch(Map.of())).isEqualTo("null");
    }

    private static String inRun(Callable<String> fetch) throws Exception {
        SpanContext span = SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(span)).wrap(fetch).call();
    }

    private String fetch(Map<String, String> headers) throws IOException {
        web.serve("/", exchange -> {
            received.set(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(200, -1);
        });
        LocalWeb.client().get(request(headers)).close();
        return String.valueOf(received.get());
    }

    private OutboundRequest request(Map<String, String> headers) {
        return new OutboundRequest(
                "GET",
                web.url("/"),
                headers,
                Optional.empty(),
                Instant.now().plusSeconds(10),
                Optional.empty(),
                OptionalLong.empty(),
                Redirects.FOLLOW);
    }
}
