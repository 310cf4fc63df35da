package dev.millrace.worker.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.millrace.job.PolicyOverride;
import dev.millrace.job.QueueName;
import dev.millrace.job.TaskName;
import dev.millrace.worker.lease.LeaseConfig;
import dev.millrace.worker.registry.RetryTypes;
import dev.millrace.worker.registry.TaskDefinition;
import dev.millrace.worker.registry.TaskRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigTest {

    @Test
    void servesTheQueuesOfItsTasksByDefault() {
        WorkerConfig config = config(Map.of());
        assertThat(Serving.of(config, tasksOn("mail", "feed", "mail")))
                .containsExactly(new Serving(new QueueName("feed"), 16, 4), new Serving(new QueueName("mail"), 16, 4));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.renew()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.sweep()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void mapsEveryKey() {
        WorkerConfig config = config(Map.of(
                "serve", "mail,slow",
                "slots", "8",
                "prefetch", "2",
                "queue.slow.slots", "1",
                "queue.slow.prefetch", "0",
                "lease", "PT30S",
                "renew", "PT10S",
                "sweep", "PT3S",
                "grace", "PT1S"));
        assertThat(Serving.of(config, tasksOn("feed")))
                .containsExactly(new Serving(new QueueName("mail"), 8, 2), new Serving(new QueueName("slow"), 1, 0));
        assertThat(List.of(config.lease(), config.renew(), config.sweep(), config.grace()))
                .containsExactly(
                        Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "slots, 0, millrace.worker.slots",
        "prefetch, -1, millrace.worker.prefetch",
        "queue.mail.slots, 0, millrace.worker.slots",
        "lease, PT14S, millrace.worker.lease",
        "renew, PT0S, millrace.worker.renew",
        "sweep, PT0S, millrace.worker.sweep",
        "serve, two words, name"
    })
    void refusesWhatMakesNoSense(String key, String value, String named) {
        assertThatThrownBy(() -> {
                    WorkerConfig config = config(Map.of(key, value));
                    Serving.of(config, tasksOn("mail"));
                    LeaseConfig lease = new LeaseConfig(config.lease(), config.renew(), config.sweep());
                    throw new NoSuchElementException("nothing refused " + lease);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    private static WorkerConfig config(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("millrace.worker." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(WorkerConfig.class);
    }

    private static TaskRegistry tasksOn(String... queues) {
        TypeFactory types = TypeFactory.defaultInstance();
        List<TaskDefinition> tasks = new ArrayList<>();
        for (int i = 0; i < queues.length; i++) {
            tasks.add(new TaskDefinition(
                    new TaskName("task" + i),
                    new QueueName(queues[i]),
                    PolicyOverride.NONE,
                    RetryTypes.ALL,
                    "",
                    true,
                    types.constructType(JsonNode.class),
                    types.constructType(Object.class),
                    (payload, context) -> payload));
        }
        return new TaskRegistry(tasks);
    }
}
