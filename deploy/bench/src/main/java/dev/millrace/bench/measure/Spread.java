package dev.millrace.bench.measure;

import java.util.List;

/** How times are spread, in milliseconds: the smallest that this share of them does not exceed. */
public record Spread(double p50, double p95, double p99, double max) {

    /**
     * Of times in nanoseconds.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread ofNanos(List<Long> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("There are no times to look at.");
        }
        List<Long> sorted = times.stream().sorted().toList();
        return new Spread(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Long> sorted, double share) {
        int place = Math.min(sorted.size() - 1, (int) (sorted.size() * share));
        return sorted.get(place) / 1e6;
    }
}
