package dev.millrace.stream.entries;

import dev.millrace.job.QueueName;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A number for each of some queues, as a text that a person can read: {@code default=16 email=4}. */
public final class QueueCounts {

    private QueueCounts() {}

    /** In the order of the queues' names; nothing for none. */
    public static String text(Map<QueueName, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** Reads what {@link #text} made; throws {@link IllegalArgumentException} with what is wrong. */
    public static Map<QueueName, Integer> read(String text) {
        Map<QueueName, Integer> counts = new TreeMap<>();
        for (String count : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = count.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not of the form <queue>=<number>");
            }
            counts.put(new QueueName(count.substring(0, equals)), Integer.parseInt(count.substring(equals + 1)));
        }
        return counts;
    }
}
