package dev.millrace.bench.workload;

import dev.millrace.bench.stack.PoolSize;
import dev.millrace.bench.submit.Shape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is done.
 *
 * @param jobs of the bulk workloads; one by one a twentieth of them, at least 1, is submitted
 * @param clients that submit in bulk at once
 * @param warm how many jobs every part has run before something warm is measured
 * @param shape of the jobs that do nothing
 * @param listeners that watch a job each
 * @param rate at which jobs come whose latency is measured, in jobs a second
 */
public record Plan(long jobs, int clients, long warm, Shape shape, int rate, int listeners, PoolSize pool) {

    private static final int FEWER = 20;
    private static final long MOST_DELAYED = 10_000;
    private static final long MOST_SCHEDULES = 100_000;
    private static final Duration LATENCY_FOR = Duration.ofSeconds(10);
    private static final long MOST_COLD = 15_000;

    /** How many are submitted one by one. */
    long singles() {
        return Math.max(1, jobs / FEWER);
    }

    /** How many fall due within one second. */
    long delayed() {
        return Math.min(jobs, MOST_DELAYED);
    }

    /** How many schedules are made that are not due. */
    long schedules() {
        return Math.min(jobs, MOST_SCHEDULES);
    }

    /** How many run on a stack that has just been started. */
    long cold() {
        return Math.min(jobs, MOST_COLD);
    }

    /** From one job to the next, where latency is measured. */
    Duration every() {
        return Duration.ofSeconds(1).dividedBy(rate);
    }

    /** How many are submitted so, in 10 s. */
    long paced() {
        return LATENCY_FOR.toSeconds() * rate;
    }

    Plan withPool(PoolSize other) {
        return new Plan(jobs, clients, warm, shape, rate, listeners, other);
    }

    Plan withClients(int others) {
        return new Plan(jobs, others, warm, shape, rate, listeners, pool);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("workers", Integer.toString(pool.workers()));
        settings.put(
                "slots",
                pool.slots().isPresent() ? Integer.toString(pool.slots().getAsInt()) : "default");
        settings.put(
                "prefetch",
                pool.prefetch().isPresent() ? Integer.toString(pool.prefetch().getAsInt()) : "default");
        settings.put("clients", Integer.toString(clients));
        settings.put("payloadBytes", Integer.toString(shape.payloadBytes()));
        settings.put("queues", Integer.toString(shape.queues()));
        settings.put("rate", Integer.toString(rate));
        return settings;
    }
}
