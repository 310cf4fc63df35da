package dev.millrace.fleet;

import dev.millrace.names.Names;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What every event must keep to. */
final class FleetRules {

    private FleetRules() {}

    static void worker(String id) {
        Names.check("A worker's id", id);
    }

    static void notBlank(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The " + what + " is empty.");
        }
    }

    static void atLeast(String what, long least, long number) {
        if (number < least) {
            throw new IllegalArgumentException("The " + what + " must be at least " + least + ", not " + number + ".");
        }
    }

    static void percent(double number) {
        if (!(number >= 0 && number <= 100)) {
            throw new IllegalArgumentException("A percentage is 0 to 100, not " + number + ".");
        }
    }

    static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
