package dev.millrace.worker.registry;

import dev.millrace.task.TaskContext;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

record SampleContext(UUID jobId) implements TaskContext {

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long run() {
        return 1;
    }

    @Override
    public long fencingToken() {
        return 1;
    }

    @Override
    public String queue() {
        return "default";
    }

    @Override
    public String tenant() {
        return "default";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }

    @Override
    public void progress(long current, long total, @Nullable String message) {}

    @Override
    public Logger logger() {
        return Logger.getLogger(SampleContext.class);
    }
}
