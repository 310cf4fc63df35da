package dev.millrace.bench.workload;

import static java.util.Objects.requireNonNull;

import dev.millrace.bench.measure.Spread;
import dev.millrace.bench.report.Value;
import dev.millrace.bench.submit.Bodies;
import dev.millrace.bench.submit.Submitter;
import dev.millrace.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Jobs that fall due within one second, evenly, and are submitted before the first of them is. Lateness is the start by the
 * task's clock minus the time that the job was submitted for; all are clocks of one machine.
 */
final class DueTogether {

    private static final Duration WITHIN = Duration.ofSeconds(1);

    /** Until the first is due, and for each of them: time to submit them. */
    private static final Duration LEAD = Duration.ofSeconds(3);

    private static final Duration LEAD_EACH = Duration.ofMillis(1);

    /** Below it are the numbers of those that were not delayed. */
    private static final long FIRST_NUMBER = 1_000_000;

    private final Submitter submitter;
    private final Time time;
    private final long jobs;
    private final Instant first;

    DueTogether(Submitter submitter, Time time, long jobs) {
        this.submitter = submitter;
        this.time = time;
        this.jobs = jobs;
        first = Instant.ofEpochMilli(time.clock().millis()).plus(LEAD).plus(LEAD_EACH.multipliedBy(jobs));
    }

    /**
     * Returns when all are accepted.
     *
     * @throws TookTooLong if the first is due by then
     */
    void submit(int clients) {
        submitter.bulk(jobs, number -> Bodies.stampAt(FIRST_NUMBER + number, due(number)), clients);
        if (!time.clock().instant().isBefore(first)) {
            throw new TookTooLong("The first delayed job was due before the last one was submitted.");
        }
    }

    /** Reads the stamps only once all are due: reading costs what is measured. */
    boolean haveRun(Supplier<Map<Long, Long>> stamps) {
        return time.clock().instant().isAfter(due(jobs)) && haveRun(stamps.get());
    }

    private boolean haveRun(Map<Long, Long> stamps) {
        return LongStream.range(0, jobs).allMatch(number -> stamps.containsKey(FIRST_NUMBER + number));
    }

    /** How late they started, and how many too early. */
    List<Value> lateness(Map<Long, Long> stamps) {
        List<Long> late = LongStream.range(0, jobs)
                .mapToObj(number -> requireNonNull(stamps.get(FIRST_NUMBER + number)) - nanos(due(number)))
                .toList();
        Spread spread = Spread.ofNanos(late);
        return List.of(
                Value.cost("lateP50Ms", spread.p50()),
                Value.cost("lateP95Ms", spread.p95()),
                Value.cost("lateP99Ms", spread.p99()),
                Value.cost("lateMaxMs", spread.max()),
                Value.cost(
                        "early", (double) late.stream().filter(one -> one < 0).count()));
    }

    private Instant due(long number) {
        return first.plusMillis(number * WITHIN.toMillis() / jobs);
    }

    private static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }
}
