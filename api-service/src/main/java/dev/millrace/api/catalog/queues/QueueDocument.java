package dev.millrace.api.catalog.queues;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue as clients see it. Every field is always there; null is what cannot be told while Redis is away, and what is not set. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QueueDocument(
        String name,
        @Nullable Long ready,
        @Nullable Long running,
        long scheduled,
        long retrying,
        long dead,
        @Nullable Long oldestAgeMs,
        boolean paused,
        @Nullable Instant pausedAt,
        @Nullable String pauseReason,
        int consumers,
        int concurrency,
        int priority,
        @Nullable Integer slots,
        long version) {

    /** Some of them; the cursor leads to the next ones, null at the end. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record QueueList(
            List<QueueDocument> items, @Nullable String nextCursor) {}

    /** Flat numbers, for autoscalers. */
    @RegisterForReflection
    public record BacklogDocument(long outstanding, long ready, long running, long dueSoon) {}
}
