package dev.millrace.api.live.sse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of live streams, in numbers. */
public final class LiveMeters {

    private final AtomicInteger clients = new AtomicInteger();
    private final Counter lagged;
    private final Counter resets;

    public LiveMeters(MeterRegistry registry) {
        Gauge.builder("millrace_live_clients", clients, AtomicInteger::get)
                .description("Clients of event streams")
                .register(registry);
        this.lagged = counter(registry, "millrace_live_lagged", "Clients sent away because they could not keep up");
        this.resets = counter(registry, "millrace_live_resets", "Clients told to start anew");
    }

    void connected() {
        clients.incrementAndGet();
    }

    void disconnected() {
        clients.decrementAndGet();
    }

    /** A client was sent away because it could not keep up. */
    public void lagged() {
        lagged.increment();
    }

    /** A client was told to start anew. */
    public void reset() {
        resets.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
