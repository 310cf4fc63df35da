package dev.millrace.api.catalog.workers;

import dev.millrace.fleet.WorkerEvent.Load;
import dev.millrace.job.QueueName;
import dev.millrace.names.Labelled;
import dev.millrace.postgres.Values;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it was heard of last. What is null it has not said yet.
 *
 * @param name what people call it
 * @param startedAt by its own clock
 * @param lastSeenAt by PostgreSQL's, when its latest event was recorded
 * @param queues what it has of each, when it told last
 */
public record SeenWorker(
        String id,
        @Nullable String name,
        @Nullable String host,
        @Nullable Long pid,
        @Nullable String version,
        @Nullable String mode,
        @Nullable Instant startedAt,
        Instant lastSeenAt,
        State state,
        Map<QueueName, Load> queues,
        @Nullable Double cpuPercent,
        @Nullable Long memoryBytes,
        @Nullable Integer leakedSlots) {

    /** Whether it takes jobs. */
    public enum State implements Labelled {
        RUNNING,
        /** It lives and takes none: it stops, or was told to rest. */
        DRAINING,
        /** It said that it leaves, or was silent for 20 s. One that was only cut off comes back. */
        GONE
    }

    /** How many jobs it may run at once: slots that queues share once. */
    public int slots() {
        int own = queues.values().stream()
                .filter(load -> !load.shared())
                .mapToInt(Load::slots)
                .sum();
        int shared = queues.values().stream()
                .filter(Load::shared)
                .mapToInt(Load::slots)
                .max()
                .orElse(0);
        return own + shared;
    }

    /** How many it runs. */
    public int running() {
        return queues.values().stream().mapToInt(Load::running).sum();
    }

    public boolean lives() {
        return state != State.GONE;
    }

    static SeenWorker of(Row row) {
        String queues = row.getString("queues");
        return new SeenWorker(
                row.getString("id"),
                row.getString("name"),
                row.getString("host"),
                row.getLong("pid"),
                row.getString("version"),
                row.getString("mode"),
                Values.instantOrNull(row, "started_at"),
                Values.instant(row, "heard_at"),
                Labelled.of(State.values(), "state", row.getString("state")),
                queues == null ? Map.of() : QueueLoads.read(queues),
                row.getDouble("cpu_percent"),
                row.getLong("memory_bytes"),
                row.getInteger("leaked_slots"));
    }
}
