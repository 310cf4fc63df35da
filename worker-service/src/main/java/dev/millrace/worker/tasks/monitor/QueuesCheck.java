package dev.millrace.worker.tasks.monitor;

import dev.millrace.job.QueueName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code monitor.queues}.
 *
 * @param queues names of the queues that are meant, 100 at most; those that the worker serves if missing
 * @param maxReady the job fails if more jobs wait on one of them, 0 or more
 * @param maxOldestAgeMs the job fails if one has waited longer than so many milliseconds, 0 or more
 */
@RegisterForReflection
public record QueuesCheck(
        @Nullable @Size(min = 1, max = MOST_QUEUES) List<String> queues,
        @Nullable @Min(0) Long maxReady,
        @Nullable @Min(0) Long maxOldestAgeMs) {

    private static final int MOST_QUEUES = 100;

    public QueuesCheck {
        queues = queues == null ? null : named(queues);
        requireNotNegative("maxReady", maxReady);
        requireNotNegative("maxOldestAgeMs", maxOldestAgeMs);
    }

    List<QueueName> queuesOr(List<QueueName> served) {
        return queues == null ? served : queues.stream().map(QueueName::new).toList();
    }

    /** What is wrong with these queues, a sentence each. */
    List<String> complaints(Map<String, Waiting> found) {
        List<String> complaints = new ArrayList<>();
        found.forEach((queue, waiting) -> {
            if (maxReady != null && waiting.ready() > maxReady) {
                complaints.add("%,d jobs wait on '%s', more than %,d.".formatted(waiting.ready(), queue, maxReady));
            }
            if (maxOldestAgeMs != null && waiting.oldestAgeMs() > maxOldestAgeMs) {
                complaints.add("A job has waited on '%s' for %,d ms, longer than %,d ms."
                        .formatted(queue, waiting.oldestAgeMs(), maxOldestAgeMs));
            }
        });
        return complaints;
    }

    // What a list holds may be null, whatever the type says.
    private static List<String> named(List<@Nullable String> queues) {
        if (queues.isEmpty() || queues.size() > MOST_QUEUES) {
            throw new IllegalArgumentException(
                    "queues has %d names: give 1 to %d, or leave it out.".formatted(queues.size(), MOST_QUEUES));
        }
        return queues.stream().map(QueuesCheck::named).toList();
    }

    private static String named(@Nullable String queue) {
        return new QueueName(queue == null ? "" : queue).value();
    }

    private static void requireNotNegative(String what, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException("%s is %d: it must be 0 or more.".formatted(what, value));
        }
    }
}
