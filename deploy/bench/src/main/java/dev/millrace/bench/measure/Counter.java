package dev.millrace.bench.measure;

import java.util.Map;

/** Something that only grows. */
@FunctionalInterface
public interface Counter {

    /** Puts what was counted until now, by name. A name that is not there counted nothing yet. */
    void putInto(Map<String, Long> counts);
}
