package dev.millrace.api.service.diagnostics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.names.Labelled;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all parts of an installation are, as people see it. Every field is always there; null is what cannot be told now.
 *
 * @param status up; degraded if jobs are accepted and some do not run; down if none is accepted
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record HealthDocument(
        Instant at,
        String status,
        Server redis,
        Server postgresql,
        @Nullable Services services,
        @Nullable Queues queues) {

    /** How well something is. */
    enum State implements Labelled {
        UP,
        DEGRADED,
        DOWN
    }

    /**
     * A server that all services share.
     *
     * @param latencyMs of one question; null if there was no answer
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Server(String status, @Nullable Long latencyMs) {}

    /** Processes that live; null of those that Redis, which is away, knows alone. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Services(
            String apiVersion,
            int workers,
            int workersDraining,
            int slots,
            int running,
            @Nullable Integer schedulers) {}

    /** Of all queues together; null is what only Redis knows, while it is away. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Queues(
            int known,
            @Nullable Long ready,
            @Nullable Long running,
            long scheduled,
            long retrying,
            List<String> paused,
            List<String> unserved) {}
}
