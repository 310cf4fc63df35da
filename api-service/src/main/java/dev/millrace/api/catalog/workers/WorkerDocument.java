package dev.millrace.api.catalog.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A worker as clients see it. Every field is always there; null is what it has not said yet. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkerDocument(
        String id,
        @Nullable String name,
        @Nullable String host,
        @Nullable Long pid,
        @Nullable String version,
        @Nullable String mode,
        @Nullable Instant startedAt,
        Instant lastSeenAt,
        String state,
        List<QueueLoad> queues,
        @Nullable Double cpuPercent,
        @Nullable Long memoryBytes,
        @Nullable Integer leakedSlots) {

    /**
     * What it has of one queue: jobs that it may run at once, runs now, and has in hand, running or waiting for a slot, and whether the first is a number
     * that it has once for all its queues of which this is true.
     */
    @RegisterForReflection
    public record QueueLoad(String name, int concurrency, int running, int held, boolean shared) {

        /** In the order of their names. */
        public static List<QueueLoad> of(Map<QueueName, Load> loads) {
            return new TreeMap<>(loads)
                    .entrySet().stream()
                            .map(one -> new QueueLoad(
                                    one.getKey().value(),
                                    one.getValue().slots(),
                                    one.getValue().running(),
                                    one.getValue().held(),
                                    one.getValue().shared()))
                            .toList();
        }
    }

    /** Some of them; the cursor leads to the next ones, null at the end. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record WorkerList(
            List<WorkerDocument> items, @Nullable String nextCursor) {

        /** Of a page, and one more if there are more. */
        static WorkerList cut(List<SeenWorker> found, int limit) {
            List<WorkerDocument> items =
                    found.stream().limit(limit).map(WorkerDocument::of).toList();
            return new WorkerList(items, found.size() > limit ? items.getLast().id() : null);
        }
    }

    public static WorkerDocument of(SeenWorker worker) {
        return new WorkerDocument(
                worker.id(),
                worker.name(),
                worker.host(),
                worker.pid(),
                worker.version(),
                worker.mode(),
                worker.startedAt(),
                worker.lastSeenAt(),
                worker.state().label(),
                QueueLoad.of(worker.queues()),
                worker.cpuPercent(),
                worker.memoryBytes(),
                worker.leakedSlots());
    }
}
