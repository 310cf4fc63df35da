package dev.millrace.worker.tasks.monitor;

import dev.millrace.job.QueueName;
import dev.millrace.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks how much waits on queues. */
@ApplicationScoped
public class QueuesTask {

    private final QueueSight sight;

    QueuesTask(QueueSight sight) {
        this.sight = sight;
    }

    /**
     * Returns what waits. A queue that there is not is an empty one.
     *
     * @throws BeyondLimit if it is more, or has waited longer, than the payload allows
     */
    @Task(
            name = "monitor.queues",
            queue = "maintenance",
            timeout = "PT1M",
            description = "Tells how many jobs wait on queues and for how long, and fails above a limit.")
    public QueuesSeen look(QueuesCheck payload) {
        Map<String, Waiting> found = new TreeMap<>();
        for (QueueName queue : payload.queuesOr(sight.served())) {
            found.put(queue.value(), sight.of(queue));
        }
        requireWithinLimits(payload.complaints(found));
        return new QueuesSeen(found);
    }

    private static void requireWithinLimits(List<String> complaints) {
        if (!complaints.isEmpty()) {
            throw new BeyondLimit(String.join(" ", complaints));
        }
    }
}
