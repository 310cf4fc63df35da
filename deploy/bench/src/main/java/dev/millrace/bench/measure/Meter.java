package dev.millrace.bench.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures what a piece of work costs each of the parties, from {@link #start} to {@link #end}. */
public final class Meter {

    /** The role of the bench itself. */
    private static final String PRODUCER = "producer";

    private final CpuTime cpu;
    private final long self;
    private final LongSupplier nanos;
    private final Map<String, List<Long>> parties;
    private final List<Counter> counters;
    private final Map<String, Long> countedBefore;
    private final Map<String, Duration> before;
    private final double load;
    private final Duration boxBefore;
    private final long began;

    private Meter(CpuTime cpu, long self, LongSupplier nanos, Map<String, List<Long>> parties, List<Counter> counters) {
        this.cpu = cpu;
        this.self = self;
        this.nanos = nanos;
        this.parties = parties;
        this.counters = List.copyOf(counters);
        this.load = cpu.load();
        this.countedBefore = counted();
        this.before = used();
        this.boxBefore = cpu.ofBox();
        this.began = nanos.getAsLong();
    }

    /**
     * Starts.
     *
     * @param self the process that submits
     * @param parties the others by role; they must outlive the measurement
     * @param counters that are read at both ends
     */
    public static Meter start(
            CpuTime cpu, long self, LongSupplier nanos, Map<String, List<Long>> parties, List<Counter> counters) {
        return new Meter(cpu, self, nanos, parties, counters);
    }

    /** What was used since the start, spread over this many jobs. */
    public Usage end(long jobs) {
        double seconds = (nanos.getAsLong() - began) / 1e9;
        Map<String, Double> perJob = new LinkedHashMap<>();
        if (cpu.known()) {
            used().forEach((party, now) -> perJob.put(party, micros(now.minus(earlier(party))) / Math.max(jobs, 1)));
        }
        double busy = micros(cpu.ofBox().minus(boxBefore)) / 1e6 / Math.max(seconds, 1e-3);
        return new Usage(perJob, countsPerJob(jobs), load, busy);
    }

    private Map<String, Double> countsPerJob(long jobs) {
        Map<String, Double> perJob = new LinkedHashMap<>();
        counted().forEach((name, now) -> {
            long counted = now - countedBefore.getOrDefault(name, 0L);
            if (counted > 0) {
                perJob.put(name, counted / (double) Math.max(jobs, 1));
            }
        });
        return perJob;
    }

    private Map<String, Long> counted() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counters.forEach(counter -> counter.putInto(counts));
        return counts;
    }

    private Duration earlier(String party) {
        return before.getOrDefault(party, Duration.ZERO);
    }

    private Map<String, Duration> used() {
        Map<String, Duration> used = new LinkedHashMap<>();
        // All the others are its children.
        used.put(PRODUCER, cpu.alone(self));
        parties.forEach((party, pids) ->
                used.put(party, pids.stream().map(cpu::ofFamily).reduce(Duration.ZERO, Duration::plus)));
        return used;
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }
}
