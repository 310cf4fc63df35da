package dev.millrace.api.catalog.workers;

import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a worker has of each of its queues, as the column {@code api.worker.queues} holds it. */
final class QueueLoads {

    private static final String SHARED = "/shared";

    private QueueLoads() {}

    static String text(Map<QueueName, Load> loads) {
        return new TreeMap<>(loads)
                .entrySet().stream()
                        .map(one -> "%s=%d/%d/%d%s"
                                .formatted(
                                        one.getKey(),
                                        one.getValue().slots(),
                                        one.getValue().running(),
                                        one.getValue().held(),
                                        one.getValue().shared() ? SHARED : ""))
                        .collect(Collectors.joining(" "));
    }

    static Map<QueueName, Load> read(String text) {
        Map<QueueName, Load> loads = new TreeMap<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = one.lastIndexOf('=');
            String[] counts = one.substring(equals + 1).split("/", -1);
            loads.put(
                    new QueueName(one.substring(0, equals)),
                    new Load(
                            Integer.parseInt(counts[0]),
                            Integer.parseInt(counts[1]),
                            Integer.parseInt(counts[2]),
                            counts.length > 3));
        }
        return loads;
    }
}
