package dev.millrace.bench.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a measured piece of work has used.
 *
 * @param cpuMicrosPerJob by the role of a process; empty where the system does not tell
 * @param countsPerJob what was counted, by name: {@code redis.fcall}, {@code postgres.commits}, {@code wakeUps.api}
 * @param loadBefore processes that waited for a processor on average over the minute before
 * @param busyCores processors of the box that were busy on average, with everybody's work
 */
public record Usage(
        Map<String, Double> cpuMicrosPerJob, Map<String, Double> countsPerJob, double loadBefore, double busyCores) {

    /** Nothing is known. */
    public static final Usage NONE = new Usage(Map.of(), Map.of(), 0, 0);

    public Usage {
        cpuMicrosPerJob = Collections.unmodifiableMap(new LinkedHashMap<>(cpuMicrosPerJob));
        countsPerJob = Collections.unmodifiableMap(new TreeMap<>(countsPerJob));
    }

    /** The sum over all parties. */
    public double total() {
        return cpuMicrosPerJob.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** What this many quiet processors would allow, if nothing else did limit it; 0 if nothing is known. */
    public double perSecondOn(int cores) {
        return total() == 0 ? 0 : cores * 1e6 / total();
    }
}
