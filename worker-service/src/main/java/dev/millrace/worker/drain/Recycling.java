package dev.millrace.worker.drain;

import dev.millrace.time.Time;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.run.RunInterceptor;
import dev.millrace.worker.settle.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Counts what a worker has run, and says when that is enough. Up to a tenth of what is set is left out by chance, so that workers that were
 * started together do not leave together.
 */
public final class Recycling implements RunInterceptor {

    private static final double LEAST = 0.9;

    private final long jobs;
    private final Duration time;
    private final Time clock;
    private final long begun;
    private final AtomicLong run = new AtomicLong();

    private Recycling(long jobs, Duration time, Time clock) {
        this.jobs = jobs;
        this.time = time;
        this.clock = clock;
        this.begun = clock.reading();
    }

    /** From now on. */
    public static Recycling of(RecycleSettings settings, RandomGenerator random, Time clock) {
        double share = LEAST + (1 - LEAST) * random.nextDouble();
        long jobs = settings.jobs().isPresent() ? Math.round(settings.jobs().getAsInt() * share) : Long.MAX_VALUE;
        Duration time = settings.time()
                .map(all -> Duration.ofMillis(Math.round(all.toMillis() * share)))
                .orElse(Duration.ZERO);
        return new Recycling(Math.max(1, jobs), time, clock);
    }

    @Override
    public Outcome around(TaskExecution execution, Step next) {
        run.incrementAndGet();
        return next.run(execution);
    }

    /** How many runs have begun. */
    long runs() {
        return run.get();
    }

    /** Whether it has run for as long as it may. */
    boolean enough() {
        return runs() >= jobs || (!time.isZero() && clock.passed(time, begun));
    }
}
