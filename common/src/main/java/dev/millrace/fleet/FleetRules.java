package dev.millrace.fleet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What every piece of news must keep to. */
final class FleetRules {

    private static final Pattern WORKER = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private FleetRules() {}

    static void worker(String id) {
        if (!WORKER.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A worker's id has 1 to 128 characters of A-Z a-z 0-9 . _ : -, which this one has not.");
        }
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
