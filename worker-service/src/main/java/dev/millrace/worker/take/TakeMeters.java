package dev.millrace.worker.take;

import dev.millrace.worker.held.Leaks;
import dev.millrace.worker.take.TakeControl.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows what a worker has room for, and why it takes nothing. */
public final class TakeMeters {

    private TakeMeters() {}

    public static void show(MeterRegistry registry, WorkQueues queues, Leaks leaks) {
        queues.all().forEach(queue -> show(registry, queue));
        show(registry, leaks);
        Arrays.stream(Reason.values()).forEach(reason -> show(registry, queues, reason));
    }

    /** Shows one that is served from now on. */
    public static void show(MeterRegistry registry, WorkQueue queue) {
        show(registry, queue, "millrace_slots", "Jobs that may run at once", WorkQueue::slots);
        show(
                registry,
                queue,
                "millrace_slots_busy",
                "Jobs that run, or have ended and keep their slots",
                WorkQueue::running);
        show(registry, queue, "millrace_prefetch", "Jobs that may wait here for a slot", WorkQueue::prefetch);
        show(registry, queue, "millrace_prefetch_waiting", "Jobs that wait here for a slot", WorkQueue::prefetched);
    }

    private static void show(
            MeterRegistry registry,
            WorkQueue queue,
            String name,
            String description,
            ToDoubleFunction<WorkQueue> value) {
        Gauge.builder(name, queue, value)
                .tag("queue", queue.name().value())
                .description(description)
                .register(registry);
    }

    private static void show(MeterRegistry registry, Leaks leaks) {
        Gauge.builder("millrace_slots_leaked", leaks, Leaks::count)
                .description("Slots held by threads that go on though their runs are over")
                .register(registry);
    }

    private static void show(MeterRegistry registry, WorkQueues queues, Reason reason) {
        Gauge.builder("millrace_taking_stopped", queues, one -> one.closedFor(reason) ? 1 : 0)
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .description("1 while nothing is taken or started for this reason")
                .register(registry);
    }
}
