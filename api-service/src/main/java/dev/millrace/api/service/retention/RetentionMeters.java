package dev.millrace.api.service.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what is deleted. */
final class RetentionMeters {

    private final Map<Outdated, Counter> deleted = new EnumMap<>(Outdated.class);

    RetentionMeters(MeterRegistry registry) {
        for (Outdated kind : Outdated.values()) {
            deleted.put(kind, counter(registry, kind));
        }
    }

    void deleted(Outdated kind, int rows) {
        Objects.requireNonNull(deleted.get(kind), "there is one for each").increment(rows);
    }

    private static Counter counter(MeterRegistry registry, Outdated kind) {
        return Counter.builder("millrace_retention_deleted")
                .tag("what", kind.label())
                .description("Rows deleted because they were kept long enough")
                .register(registry);
    }
}
