package dev.millrace.api.service.wiring;

import dev.millrace.api.jobs.accept.JobIds;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The machine's clocks and chance. */
final class ClockWiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Monotonic, in nanoseconds since some moment. */
    @Produces
    @Singleton
    LongSupplier nanos() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    JobIds ids(InstantSource clock) {
        return new JobIds(clock, new SecureRandom());
    }
}
