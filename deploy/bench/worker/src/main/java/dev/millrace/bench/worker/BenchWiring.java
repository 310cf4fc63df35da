package dev.millrace.bench.worker;

import dev.millrace.loop.Loop;
import dev.millrace.time.Time;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Ties the tasks to this process, and writes their count down every 20 ms. */
@Singleton
final class BenchWiring {

    private static final Duration BETWEEN_FLUSHES = Duration.ofMillis(20);

    @Produces
    @Singleton
    Records records(BenchConfig config, InstantSource clock) {
        return new Records(
                BenchSettings.of(config).out(), ProcessHandle.current().pid(), clock);
    }

    void start(@Observes StartupEvent starting, Records records, Time time) {
        Loop.start(
                "bench-records",
                () -> {
                    records.flush();
                    return BETWEEN_FLUSHES;
                },
                BETWEEN_FLUSHES,
                time.nanos());
    }

    void stop(@Observes ShutdownEvent stopping, Records records) {
        records.flush();
    }
}
