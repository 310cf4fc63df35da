package dev.millrace.api.http.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts what was refused, by the type of problem; each stands at nothing from the start. */
@Startup
@Singleton
public final class ProblemMeters {

    private final Map<ProblemType, Counter> refusals = new EnumMap<>(ProblemType.class);

    public ProblemMeters(MeterRegistry registry) {
        Arrays.stream(ProblemType.values()).forEach(type -> refusals.put(type, counter(registry, type)));
    }

    /** A request, or one item of a bulk call, was refused. */
    public void refused(ProblemType type) {
        Counter counter = refusals.get(type);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, ProblemType type) {
        return Counter.builder("millrace_refusals")
                .tag("problem", type.label())
                .description("Requests, and items of bulk calls, that were answered with a problem")
                .register(registry);
    }
}
