package dev.millrace.fleet;

import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
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

    static void load(QueueName queue, Load load) {
        atLeast("number of slots of queue '" + queue + "'", 0, load.slots());
        atLeast("number of running jobs of queue '" + queue + "'", 0, load.running());
        atLeast("number of held jobs of queue '" + queue + "'", load.running(), load.held());
    }

    static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
