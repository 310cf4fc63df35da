package dev.millrace.api.jobs.orders;

import dev.millrace.api.record.orders.ChildRows.Child;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts what became of orders. */
@Singleton
public final class OrderMeters {

    private final Counter made;
    private final Counter refused;

    public OrderMeters(MeterRegistry registry) {
        this.made = counter(registry, "made");
        this.refused = counter(registry, "refused");
    }

    void decided(List<Child> children) {
        int jobs = (int) children.stream().filter(child -> child.job() != null).count();
        made.increment(jobs);
        refused.increment(children.size() - jobs);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("millrace_orders")
                .tag("outcome", outcome)
                .description("Jobs that tasks ordered, by what became of the order")
                .register(registry);
    }
}
