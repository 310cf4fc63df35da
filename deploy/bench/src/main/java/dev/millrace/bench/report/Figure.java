package dev.millrace.bench.report;

import dev.millrace.bench.measure.Usage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one measurement has found.
 *
 * @param system {@code millrace}, or the name of a peer
 * @param measure what was measured: {@code drain}
 * @param jobs how many took part
 * @param settings under which
 */
public record Figure(
        String system,
        String measure,
        int round,
        long jobs,
        List<Value> values,
        Usage usage,
        Map<String, String> settings) {

    /** Ours. */
    public static final String MILLRACE = "millrace";

    public Figure {
        values = List.copyOf(values);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
