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
 * Submits jobs at a steady pace, whether the one before is done or not, and looks for how long each call takes. A slow answer thus
 * makes no later one look faster.
 */
public final class OpenLoop {

    private static final int WARM_JOBS = 200;

    /** What a call waits for. */
    public enum Until {
        /** For the 202: the job is in the record. */
        ACCEPTED,
        /** For the result of the job, by {@code Prefer: wait}. */
        RESULT
    }

    private final Submitter submitter;
    private final Time time;
    private final Duration every;
    private final Until until;
    private final Map<Long, Long> submitted = new ConcurrentHashMap<>();
    private final Map<Long, Long> answered = new ConcurrentHashMap<>();

    /** {@code every} is the time from one submit to the next. */
    public OpenLoop(Submitter submitter, Time time, Duration every, Until until) {
        this.submitter = submitter;
        this.time = time;
        this.every = every;
        this.until = until;
    }

    /** Runs some whose times do not count. */
    void warm() {
        submit(-WARM_JOBS, 0);
        submitted.clear();
        answered.clear();
    }

    /** How long it took to the start of each, which {@code stamps} tell, and to its answer. */
    List<Value> spreads(Map<Long, Long> stamps) {
        return switch (until) {
            case ACCEPTED -> both(spread("start", stamps), spread("answer", answered));
            case RESULT -> both(spread("result", answered), spread("start", stamps));
        };
    }

    /** Whether all have started. */
    boolean haveRun(Map<Long, Long> stamps) {
        return stamps.keySet().containsAll(submitted.keySet());
    }

    private static List<Value> both(List<Value> first, List<Value> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Submits jobs with these numbers, the last excluded; returns when all are answered. */
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
        switch (until) {
            case ACCEPTED -> submitter.one(Bodies.stamp(id));
            case RESULT -> submitter.andAwaitResult(Bodies.stamp(id));
        }
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
            throw new IllegalStateException("Job " + id + " was answered but left no stamp.");
        }
        return time;
    }
}
