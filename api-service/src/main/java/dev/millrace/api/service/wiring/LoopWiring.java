package dev.millrace.api.service.wiring;

import dev.millrace.loop.Duties;
import dev.millrace.loop.Loops;
import dev.millrace.loop.ScheduledRates;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The loops and duties of this service, which end with it. */
final class LoopWiring {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Produces
    @Singleton
    Loops loops(MeterRegistry meters, LongSupplier nanos) {
        return new Loops(meters, nanos, PAUSE_AFTER_FAILURE);
    }

    @Produces
    @Singleton
    Duties duties(Scheduler scheduler, Loops loops, LongSupplier nanos) {
        return new Duties(new ScheduledRates(scheduler), loops, nanos);
    }

    void stop(@Observes ShutdownEvent ending, Loops loops) {
        loops.stop(PATIENCE);
    }
}
