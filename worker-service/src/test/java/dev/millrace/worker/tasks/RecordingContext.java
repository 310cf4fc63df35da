package dev.millrace.worker.tasks;

import dev.millrace.task.JobOrder;
import dev.millrace.task.TaskContext;
import dev.millrace.task.WorkflowPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A run that remembers what its task reported, and lets no time pass. */
public record RecordingContext(
        int attempt, Instant deadline, List<Progress> reports, List<Duration> sleeps, List<JobOrder> orders)
        implements TaskContext {

    /** One report. */
    public record Progress(
            long current, long total, @Nullable String message) {}

    public static RecordingContext ofAttempt(int attempt) {
        return new RecordingContext(
                attempt,
                Instant.now().plus(Duration.ofMinutes(5)),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>());
    }

    @Override
    public Optional<WorkflowPlace> place() {
        return Optional.empty();
    }

    @Override
    public UUID jobId() {
        return new UUID(0, 1);
    }

    @Override
    public int maxAttempts() {
        return 4;
    }

    @Override
    public Instant softDeadline() {
        return deadline;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void sleep(Duration duration) {
        sleeps.add(duration);
    }

    @Override
    public long run() {
        return attempt;
    }

    @Override
    public int delivery() {
        return 1;
    }

    @Override
    public long fencingToken() {
        return attempt;
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
    public void progress(long current, long total, @Nullable String message) {
        reports.add(new Progress(current, total, message));
    }

    @Override
    public UUID submit(JobOrder order) {
        orders.add(order);
        return new UUID(1, orders.size());
    }

    @Override
    public void flush() {}

    @Override
    public Logger logger() {
        return Logger.getLogger(RecordingContext.class);
    }
}
