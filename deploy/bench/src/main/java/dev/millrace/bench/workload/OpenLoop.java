package dev.millrace.bench.workload;

import dev.millrace.bench.measure.Spread;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.submit.Bodies;
import dev.millrace.bench.submit.Submitter;
import dev.millrace.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Submits a job each 10 ms, whether the one before is done or not, and waits for each result in the same call. A slow answer
 * thus makes no later one look faster.
 */
public final class OpenLoop {

    static final int JOBS = 1_000;

    static final Duration EVERY = Duration.ofMillis(10);

    private static final int WARM_JOBS = 200;

    private final Submitter submitter;
    private final Time time;
    private final Duration every;
    private final Map<Long, Long> submitted = new ConcurrentHashMap<>();
    private final Map<Long, Long> answered = new ConcurrentHashMap<>();

    /** {@code every} is the time from one submit to the next. */
    public OpenLoop(Submitter submitter, Time time, Duration every) {
        this.submitter = submitter;
        this.time = time;
        this.every = every;
    }

    /** Runs some whose times do not count. */
    void warm() {
        submit(-WARM_JOBS, 0);
        submitted.clear();
        answered.clear();
    }

    /** How long it took to the start of each, and to its result. {@code stamps} tells the starts. */
    List<Value> spreads(Map<Long, Long> stamps) {
        return Stream.concat(spread("start", stamps).stream(), spread("result", answered).stream())
                .toList();
    }

    /** Submits jobs with these numbers, the last excluded; returns when all have their results. */
    public void submit(long from, long to) {
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long began = time.nanos().getAsLong();
            for (long number = from; number < to; number++) {
                restUntil(began + (number - from) * every.toNanos());
                long id = number;
                calls.add(threads.submit(() -> call(id)));
            }
        }
        calls.forEach(OpenLoop::succeeded);
    }

    /** A line for each job: its number, when it was submitted, and when its result came. */
    public String lines() {
        return submitted.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue() + " " + at(answered, one.getKey()) + "\n")
                .collect(Collectors.joining());
    }

    private void restUntil(long due) {
        long left = due - time.nanos().getAsLong();
        if (left > 0) {
            time.rest(Duration.ofNanos(left));
        }
    }

    private void call(long id) {
        submitted.put(id, time.stamp());
        submitter.andAwaitResult(Bodies.stamp(id));
        answered.put(id, time.stamp());
    }

    private static void succeeded(Future<?> call) {
        try {
            call.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring.", e);
        }
    }

    private List<Value> spread(String what, Map<Long, Long> reached) {
        Spread spread = Spread.ofNanos(submitted.entrySet().stream()
                .map(one -> at(reached, one.getKey()) - one.getValue())
                .toList());
        return List.of(
                Value.cost(what + "P50Ms", spread.p50()),
                Value.cost(what + "P95Ms", spread.p95()),
                Value.cost(what + "P99Ms", spread.p99()),
                Value.cost(what + "MaxMs", spread.max()));
    }

    private static long at(Map<Long, Long> times, long id) {
        Long time = times.get(id);
        if (time == null) {
            throw new IllegalStateException("Job " + id + " has a result but left no stamp.");
        }
        return time;
    }
}
