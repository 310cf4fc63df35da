package dev.millrace.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.ExecutionPolicy;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobSpec;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.retry.Backoff;
import dev.millrace.retry.BackoffType;
import dev.millrace.retry.Jitter;
import dev.millrace.retry.RetryOverride;
import dev.millrace.retry.RetryPolicy;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.registry.TaskDefinition;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerPoliciesTest {

    private static final QueueName MAIL = new QueueName("mail");

    @Test
    void areTheDefaultsIfNobodySays() {
        assertThat(policies(Map.of()).of(task(PolicyOverride.NONE))).isEqualTo(ExecutionPolicy.DEFAULT);
    }

    @Test
    void mapEveryKeyOfWorkerAndQueue() {
        RetryPolicy retry = new RetryPolicy(
                7, new Backoff(BackoffType.FIXED, Duration.ofSeconds(2), 3, Duration.ofMinutes(1), Jitter.NONE));
        Map<String, String> settings = Map.of(
                "timeout", "PT1M",
                "soft-timeout", "PT50S",
                "retry.max-attempts", "7",
                "retry.backoff", "fixed",
                "retry.base", "PT2S",
                "retry.factor", "3",
                "retry.max", "PT1M",
                "retry.jitter", "none");
        Map<String, String> ofQueue = new HashMap<>();
        settings.forEach((key, value) -> ofQueue.put("queue.mail." + key, value));
        ExecutionPolicy expected = new ExecutionPolicy(Duration.ofMinutes(1), Duration.ofSeconds(50), retry);
        assertThat(policies(settings).of(task(PolicyOverride.NONE))).isEqualTo(expected);
        assertThat(policies(ofQueue).of(task(PolicyOverride.NONE))).isEqualTo(expected);
    }

    @Test
    void goFromJobToTaskToQueueToWorker() {
        WorkerPolicies all = policies(Map.of("timeout", "PT1M", "queue.mail.timeout", "PT2M"));
        TaskDefinition silent = task(PolicyOverride.NONE);
        TaskDefinition saysThree = task(timeout(3));
        assertThat(all.of(job("other", null), silent).timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(all.of(job("mail", null), silent).timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(all.of(job("mail", null), saysThree).timeout()).isEqualTo(Duration.ofMinutes(3));
        assertThat(all.of(job("mail", timeout(4)), saysThree).timeout()).isEqualTo(Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, PT0S, millrace.worker.{",
        "soft-timeout, P1000D, millrace.worker.{",
        "retry.max-attempts, 0, maxAttempts",
        "retry.backoff, linear, fixed or exponential",
        "retry.base, PT-1S, base",
        "retry.factor, 0.5, factor",
        "retry.max, P31D, max",
        "queue.mail.retry.jitter, half, millrace.worker.queue.mail.{"
    })
    void refuseWhatIsOutOfBounds(String key, String value, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policies(Map.of(key, value)))
                .withMessageContaining(named);
    }

    private static WorkerPolicies policies(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("millrace.worker." + key, value));
        return WorkerPolicies.of(new SmallRyeConfigBuilder()
                .withMapping(PolicyConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(PolicyConfig.class));
    }

    private static PolicyOverride timeout(int minutes) {
        return new PolicyOverride(Duration.ofMinutes(minutes), null, RetryOverride.NONE);
    }

    private static Job job(String queue, @Nullable PolicyOverride policy) {
        JobSpec spec = JobSpec.of(new TaskName("t"), new QueueName(queue), "default", "{}")
                .withPolicy(policy == null ? PolicyOverride.NONE : policy);
        return Job.first(new JobId(new UUID(0, 1)), spec);
    }

    private static TaskDefinition task(PolicyOverride policy) {
        TypeFactory types = TypeFactory.defaultInstance();
        return new TaskDefinition(
                new TaskName("t"),
                MAIL,
                policy,
                RetryTypes.ALL,
                "",
                true,
                types.constructType(JsonNode.class),
                types.constructType(Object.class),
                (payload, context) -> payload);
    }
}
