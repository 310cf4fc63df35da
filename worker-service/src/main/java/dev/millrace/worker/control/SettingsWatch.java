package dev.millrace.worker.control;

import dev.millrace.job.QueueName;
import dev.millrace.stream.control.QueueSlots;
import dev.millrace.worker.take.WorkQueue;
import dev.millrace.worker.take.WorkQueues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Has a worker follow what operators set of its queues. It looks every second; while Redis does not know, everything stays as it
 * was.
 */
public final class SettingsWatch {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(SettingsWatch.class);

    private final QueueSlots settings;
    private final WorkQueues queues;
    private final Runnable announce;

    /** @param announce has it told at once how this worker is */
    public SettingsWatch(QueueSlots settings, WorkQueues queues, Runnable announce) {
        this.settings = settings;
        this.queues = queues;
        this.announce = announce;
    }

    public Duration lookOnce() {
        settings.read().ifPresent(this::follow);
        return BETWEEN_LOOKS;
    }

    private void follow(Map<QueueName, Integer> slots) {
        List<WorkQueue> changed = queues.ever().stream()
                .filter(queue -> queue.follow(setOf(queue, slots)))
                .toList();
        changed.forEach(queue -> LOG.infof("Queue '%s' has %d slots now.", queue.name(), queue.slots()));
        if (!changed.isEmpty()) {
            announce.run();
        }
    }

    private static OptionalInt setOf(WorkQueue queue, Map<QueueName, Integer> slots) {
        Integer set = slots.get(queue.name());
        return set == null ? OptionalInt.empty() : OptionalInt.of(set);
    }
}
