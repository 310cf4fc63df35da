package dev.millrace.proving.chaos.verdict;

import java.util.List;

/** Durations in milliseconds. */
public record Spread(List<Long> sorted) {

    public Spread {
        sorted = sorted.stream().sorted().toList();
    }

    /** The smallest that as large a part of all does not exceed; 0 if there are none. */
    public long percentile(int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    public long longest() {
        return percentile(100);
    }
}
