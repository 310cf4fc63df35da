package dev.millrace.worker.policy;

import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.worker.registry.TaskDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The policies of this worker's queues. Immutable. */
public final class WorkerPolicies {

    /** Of a worker that says nothing itself. */
    public static final WorkerPolicies DEFAULT = new WorkerPolicies(ExecutionPolicy.DEFAULT, Map.of());

    private final ExecutionPolicy general;
    private final Map<QueueName, ExecutionPolicy> byQueue;

    private WorkerPolicies(ExecutionPolicy general, Map<QueueName, ExecutionPolicy> byQueue) {
        this.general = general;
        this.byQueue = Map.copyOf(byQueue);
    }

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException with the key and the rule, if a setting is out of bounds
     */
    public static WorkerPolicies of(PolicyConfig config) {
        ExecutionPolicy general = override("millrace.worker", config.general()).over(ExecutionPolicy.DEFAULT);
        Map<QueueName, ExecutionPolicy> byQueue = new HashMap<>();
        config.queue()
                .forEach((queue, own) -> byQueue.put(
                        new QueueName(queue),
                        override("millrace.worker.queue." + queue, own).over(general)));
        return new WorkerPolicies(general, byQueue);
    }

    /** Of a job that says nothing itself and goes to its task's queue. */
    public ExecutionPolicy of(TaskDefinition task) {
        return task.policy().over(of(task.queue()));
    }

    public ExecutionPolicy of(Job job, TaskDefinition task) {
        return job.spec().policy().over(task.policy().over(of(job.queue())));
    }

    private ExecutionPolicy of(QueueName queue) {
        return byQueue.getOrDefault(queue, general);
    }

    private static PolicyOverride override(String prefix, PolicyConfig.Policy config) {
        try {
            return new PolicyOverride(orNull(config.timeout()), orNull(config.softTimeout()), retry(config.retry()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Settings %s.{timeout,soft-timeout,retry.*}: %s".formatted(prefix, e.getMessage()), e);
        }
    }

    private static RetryOverride retry(PolicyConfig.Policy.Retry config) {
        return new RetryOverride(
                orNull(config.maxAttempts()),
                orNull(config.backoff().map(BackoffType::ofLabel)),
                orNull(config.base()),
                orNull(config.factor()),
                orNull(config.max()),
                orNull(config.jitter().map(Jitter::ofLabel)));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
