package dev.millrace.api.jobs.requeue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Counts what goes on after its end. */
@Singleton
@Startup
public final class RequeueMeters {

    private final Counter requeued;

    public RequeueMeters(MeterRegistry registry) {
        this.requeued = Counter.builder("millrace_jobs_requeued")
                .description("Jobs that ended without success and were put on their way again")
                .register(registry);
    }

    void requeued(int jobs) {
        requeued.increment(jobs);
    }
}
