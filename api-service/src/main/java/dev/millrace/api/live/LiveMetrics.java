package dev.millrace.api.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of live streams, in numbers. */
final class LiveMetrics {

    private final AtomicInteger clients = new AtomicInteger();
    private final Counter lagged;
    private final Counter resets;

    LiveMetrics(MeterRegistry registry) {
        registry.gauge("millrace_live_clients", clients);
        this.lagged = registry.counter("millrace_live_lagged");
        this.resets = registry.counter("millrace_live_resets");
    }

    void came() {
        clients.incrementAndGet();
    }

    void left() {
        clients.decrementAndGet();
    }

    /** A client was sent away because it could not keep up. */
    void lagged() {
        lagged.increment();
    }

    /** A client was told to start anew. */
    void reset() {
        resets.increment();
    }
}
